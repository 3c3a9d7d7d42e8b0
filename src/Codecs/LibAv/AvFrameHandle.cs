using System.Runtime.InteropServices;

namespace Avatar2D.Codecs.LibAv;

/// <summary>Owns an AVFrame*. The first fields have had the same places from libavutil 57 to 59; the later ones are in <see cref="LibAvLayout"/>.</summary>
internal sealed unsafe class AvFrameHandle : SafeHandle
{
    public AvFrameHandle()
        : base(IntPtr.Zero, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == IntPtr.Zero;

    public byte** Planes => (byte**)handle;

    public int* Strides => (int*)(handle + 64);

    /// <summary>One pointer per channel, also beyond eight.</summary>
    public byte** ExtendedPlanes => *(byte***)(handle + 96);

    public ref int Width => ref *(int*)(handle + 104);

    public ref int Height => ref *(int*)(handle + 108);

    public ref int Samples => ref *(int*)(handle + 112);

    public ref int Format => ref *(int*)(handle + 116);

    public bool IsKey => *(int*)(handle + 120) != 0;

    /// <summary>0 lets the encoder choose, 1 is intra.</summary>
    public ref int PictureType => ref *(int*)(handle + 124);

    public ref long Pts => ref *(long*)(handle + 136);

    public ref int SampleRate => ref *(int*)(handle + LibAvLayout.Current.FrameSampleRate);

    /// <summary>1 limited, 2 full, 0 unknown.</summary>
    public int ColorRange => *(int*)(handle + LibAvLayout.Current.FrameColorRange);

    /// <summary>1 is BT.709, 5 and 6 are BT.601, 2 is unknown.</summary>
    public int ColorSpace => *(int*)(handle + LibAvLayout.Current.FrameColorSpace);

    public long BestEffortTimestamp => *(long*)(handle + LibAvLayout.Current.FrameBestEffort);

    /// <summary>AVChannelLayout: order, nb_channels, mask.</summary>
    public int Channels => *(int*)(handle + LibAvLayout.Current.FrameChannelLayout + 4);

    /// <summary>Sets a layout of one channel: native order, front centre.</summary>
    public void SetMono()
    {
        IntPtr layout = handle + LibAvLayout.Current.FrameChannelLayout;
        *(int*)layout = 1;
        *(int*)(layout + 4) = 1;
        *(long*)(layout + 8) = 4;
    }

    public static AvFrameHandle Allocate()
    {
        AvFrameHandle frame = AvUtilNative.FrameAlloc();
        return frame.IsInvalid ? throw new CodecException("libav could not allocate a frame.") : frame;
    }

    protected override bool ReleaseHandle()
    {
        AvUtilNative.FrameFree(ref handle);
        return true;
    }
}
