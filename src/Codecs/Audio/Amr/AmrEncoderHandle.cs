using System.Runtime.InteropServices;

namespace Avatar2D.Codecs.Audio;

/// <summary>Owns an encoder of libopencore-amrnb or libvo-amrwbenc.</summary>
internal sealed class AmrEncoderHandle : SafeHandle
{
    private readonly bool _wide;

    public AmrEncoderHandle(bool wide)
        : base(IntPtr.Zero, ownsHandle: true)
    {
        _wide = wide;
        SetHandle(wide ? AmrNative.WideEncoderInit() : AmrNative.NarrowEncoderInit(0));
    }

    public override bool IsInvalid => handle == IntPtr.Zero;

    protected override bool ReleaseHandle()
    {
        if (_wide)
            AmrNative.WideEncoderExit(handle);
        else
            AmrNative.NarrowEncoderExit(handle);
        return true;
    }
}
