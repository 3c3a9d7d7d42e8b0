using System.Runtime.InteropServices;

namespace Avatar2D.Codecs.LibAv;

/// <summary>Owns an AVCodecParameters*, the way by which sizes and formats enter a codec context.</summary>
internal sealed class AvParametersHandle : SafeHandle
{
    public AvParametersHandle()
        : base(IntPtr.Zero, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == IntPtr.Zero;

    public AvParametersView View => new(handle);

    public static AvParametersHandle Allocate()
    {
        AvParametersHandle parameters = AvCodecNative.ParametersAlloc();
        return parameters.IsInvalid ? throw new CodecException("libav could not allocate parameters.") : parameters;
    }

    protected override bool ReleaseHandle()
    {
        AvCodecNative.ParametersFree(ref handle);
        return true;
    }
}
