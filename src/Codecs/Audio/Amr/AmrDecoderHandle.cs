using System.Runtime.InteropServices;

namespace Avatar2D.Codecs.Audio;

/// <summary>Owns a decoder of libopencore-amr.</summary>
internal sealed class AmrDecoderHandle : SafeHandle
{
    private readonly bool _wide;

    public AmrDecoderHandle(bool wide)
        : base(IntPtr.Zero, ownsHandle: true)
    {
        _wide = wide;
        SetHandle(wide ? AmrNative.WideDecoderInit() : AmrNative.NarrowDecoderInit());
    }

    public override bool IsInvalid => handle == IntPtr.Zero;

    protected override bool ReleaseHandle()
    {
        if (_wide)
            AmrNative.WideDecoderExit(handle);
        else
            AmrNative.NarrowDecoderExit(handle);
        return true;
    }
}
