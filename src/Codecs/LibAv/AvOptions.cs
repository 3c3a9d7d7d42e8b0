using System.Globalization;
using System.Runtime.InteropServices;

namespace Avatar2D.Codecs.LibAv;

/// <summary>An AVDictionary of options. What a codec does not know stays in it, which <see cref="RequireAllUsed"/> makes an error.</summary>
internal sealed unsafe class AvOptions : IDisposable
{
    /// <summary>The AVDictionary*, for calls that take and change it.</summary>
    public IntPtr Dictionary;

    public void Set(string name, string value) =>
        LibAvStatus.Check(AvUtilNative.DictionarySet(ref Dictionary, name, value, 0), $"Setting the option {name}");

    public void Set(string name, long value) => Set(name, value.ToString(CultureInfo.InvariantCulture));

    /// <exception cref="CodecException">Names the first option that was not taken.</exception>
    public void RequireAllUsed(string what)
    {
        IntPtr* entry = Dictionary == IntPtr.Zero ? null : AvUtilNative.DictionaryGet(Dictionary, "", IntPtr.Zero, AvUtilNative.IgnoreSuffix);
        if (entry != null)
            throw new CodecException($"{what} does not know the option {Marshal.PtrToStringUTF8(entry[0])}={Marshal.PtrToStringUTF8(entry[1])}.");
    }

    public void Dispose() => AvUtilNative.DictionaryFree(ref Dictionary);
}
