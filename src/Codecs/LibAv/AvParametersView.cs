namespace Avatar2D.Codecs.LibAv;

/// <summary>The fields of an AVCodecParameters that are used, over memory that somebody else owns.</summary>
internal readonly unsafe struct AvParametersView(IntPtr at)
{
    public const int TypeVideo = 0;
    public const int TypeAudio = 1;

    /// <summary>Bytes that libav wants after extra data (AV_INPUT_BUFFER_PADDING_SIZE).</summary>
    private const int Padding = 64;

    private readonly IntPtr _at = at;

    public ref int Type => ref *(int*)_at;

    public ref int CodecId => ref *(int*)(_at + 4);

    public ref uint CodecTag => ref *(uint*)(_at + 8);

    public ref int Format => ref *(int*)(_at + LibAvLayout.Current.ParametersFormat);

    public ref int Width => ref *(int*)(_at + LibAvLayout.Current.ParametersWidth);

    public ref int Height => ref *(int*)(_at + LibAvLayout.Current.ParametersWidth + 4);

    public ref int SampleRate => ref *(int*)(_at + LibAvLayout.Current.ParametersSampleRate);

    /// <summary>Samples per frame that the encoder wants; known after it is open.</summary>
    public int FrameSize => *(int*)(_at + LibAvLayout.Current.ParametersSampleRate + 8);

    /// <summary>Samples that the encoder puts before the sound.</summary>
    public int InitialPadding => *(int*)(_at + LibAvLayout.Current.ParametersSampleRate + 12);

    public int Channels => *(int*)(_at + LibAvLayout.Current.ParametersChannelLayout + 4);

    /// <summary>Transfer characteristic: 16 is PQ (SMPTE ST 2084), 18 is HLG (ARIB STD-B67); the others are of standard range.</summary>
    public int ColorTransfer => *(int*)(_at + LibAvLayout.Current.ParametersColorRange + 8);

    /// <summary>States BT.601 (SMPTE 170M) in limited range.</summary>
    public void SetBt601()
    {
        int* at = (int*)(_at + LibAvLayout.Current.ParametersColorRange);
        at[0] = 1; // limited
        at[1] = 6; // primaries
        at[2] = 6; // transfer
        at[3] = 6; // matrix
    }

    /// <summary>One channel: native order, front centre.</summary>
    public void SetMono()
    {
        IntPtr layout = _at + LibAvLayout.Current.ParametersChannelLayout;
        *(int*)layout = 1;
        *(int*)(layout + 4) = 1;
        *(long*)(layout + 8) = 4;
    }

    /// <summary>Gives a copy of the bytes to the parameters, which free it.</summary>
    public void SetExtraData(ReadOnlySpan<byte> bytes)
    {
        byte* copy = AvUtilNative.AllocateZeroed((nuint)(bytes.Length + Padding));
        if (copy == null)
            throw new CodecException("libav could not allocate extra data.");
        bytes.CopyTo(new Span<byte>(copy, bytes.Length));
        *(byte**)(_at + 16) = copy;
        *(int*)(_at + 24) = bytes.Length;
    }
}
