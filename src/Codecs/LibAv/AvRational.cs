using System.Runtime.InteropServices;

namespace Avatar2D.Codecs.LibAv;

/// <summary>libav's fraction, passed by value.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct AvRational(int numerator, int denominator)
{
    public readonly int Numerator = numerator;
    public readonly int Denominator = denominator;

    /// <summary>0 when undefined.</summary>
    public double Value => Denominator == 0 ? 0 : (double)Numerator / Denominator;
}
