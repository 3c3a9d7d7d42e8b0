using System.Runtime.InteropServices;

namespace Avatar2D.Codecs.LibAv;

/// <summary>Owns a SwsContext*.</summary>
internal sealed class SwScaleHandle : SafeHandle
{
    public SwScaleHandle()
        : base(IntPtr.Zero, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == IntPtr.Zero;

    protected override bool ReleaseHandle()
    {
        SwScaleNative.FreeContext(handle);
        return true;
    }
}
