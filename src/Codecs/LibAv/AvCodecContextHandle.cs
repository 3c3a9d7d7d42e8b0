using System.Runtime.InteropServices;

namespace Avatar2D.Codecs.LibAv;

/// <summary>Owns an AVCodecContext*, of which no field is touched.</summary>
internal sealed class AvCodecContextHandle : SafeHandle
{
    public AvCodecContextHandle()
        : base(IntPtr.Zero, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == IntPtr.Zero;

    protected override bool ReleaseHandle()
    {
        AvCodecNative.ContextFree(ref handle);
        return true;
    }
}
