using Avatar2D.Codecs.LibAv;

namespace Avatar2D.Codecs.Files;

/// <summary>PCM16 mono to AAC-LC packets through libavcodec's own encoder, for files.</summary>
internal sealed unsafe class AacEncoder : IDisposable
{
    private readonly AvCodecContextHandle _encoder;
    private readonly AvFrameHandle _frame;
    private readonly AvPacketHandle _packet;
    private readonly short[] _pending;
    private int _pendingSamples;
    private long _encodedSamples;

    public AacEncoder(int sampleRateHz, int bitRate)
    {
        LibAvRuntime.Require();
        SampleRateHz = sampleRateHz;
        using AvParametersHandle parameters = AvParametersHandle.Allocate();
        AvParametersView view = parameters.View;
        view.Type = AvParametersView.TypeAudio;
        view.CodecId = LibAvRuntime.CodecId("aac");
        view.Format = AvUtilNative.SampleFormat("fltp");
        view.SampleRate = sampleRateHz;
        view.SetMono();
        _encoder = CodecContext.OpenEncoder("aac", parameters, options =>
        {
            options.Set("b", bitRate);
            options.Set("time_base", $"1/{sampleRateHz}");
            options.Set("flags", "+global_header"); // MP4 wants the AudioSpecificConfig up front
        });
        Parameters = AvParametersHandle.Allocate();
        LibAvStatus.Check(AvCodecNative.ParametersFromContext(Parameters, _encoder), "Reading the AAC parameters");
        _pending = new short[Parameters.View.FrameSize];
        _packet = AvPacketHandle.Allocate();
        _frame = AvFrameHandle.Allocate();
        _frame.Format = view.Format;
        _frame.SampleRate = sampleRateHz;
        _frame.Samples = _pending.Length;
        _frame.SetMono();
        LibAvStatus.Check(AvUtilNative.FrameGetBuffer(_frame, 0), "Allocating samples");
    }

    public int SampleRateHz { get; }

    /// <summary>For the file's header.</summary>
    public AvParametersHandle Parameters { get; }

    /// <summary>Samples given so far.</summary>
    public long Position => _encodedSamples + _pendingSamples;

    /// <summary>Takes samples; complete frames come out through the sink with times in samples (the first are negative: priming).</summary>
    public void Write(ReadOnlySpan<short> pcm, Action<AvPacketHandle> sink)
    {
        while (!pcm.IsEmpty)
        {
            int take = Math.Min(pcm.Length, _pending.Length - _pendingSamples);
            pcm[..take].CopyTo(_pending.AsSpan(_pendingSamples));
            pcm = pcm[take..];
            _pendingSamples += take;
            if (_pendingSamples == _pending.Length)
                EncodePending(sink);
        }
    }

    /// <summary>Encodes what is left and what the encoder holds back.</summary>
    public void Finish(Action<AvPacketHandle> sink)
    {
        if (_pendingSamples > 0)
            EncodePending(sink);
        LibAvStatus.Check(AvCodecNative.SendNoFrame(_encoder, IntPtr.Zero), "Finishing AAC");
        Receive(sink);
    }

    public void Dispose()
    {
        _encoder.Dispose();
        _frame.Dispose();
        _packet.Dispose();
        Parameters.Dispose();
    }

    private void EncodePending(Action<AvPacketHandle> sink)
    {
        LibAvStatus.Check(AvUtilNative.FrameMakeWritable(_frame), "Reusing samples");
        Span<float> samples = new(_frame.Planes[0], _pending.Length);
        for (int i = 0; i < _pendingSamples; i++)
            samples[i] = _pending[i] / 32768f;
        _frame.Samples = _pendingSamples; // only the last frame is short
        _frame.Pts = _encodedSamples;
        _encodedSamples += _pendingSamples;
        _pendingSamples = 0;
        LibAvStatus.Check(AvCodecNative.SendFrame(_encoder, _frame), "Encoding AAC");
        Receive(sink);
    }

    private void Receive(Action<AvPacketHandle> sink)
    {
        int status;
        while ((status = AvCodecNative.ReceivePacket(_encoder, _packet)) >= 0)
        {
            sink(_packet);
            AvCodecNative.PacketUnref(_packet);
        }

        if (status is not (LibAvStatus.Again or LibAvStatus.EndOfFile))
            throw LibAvStatus.Error(status, "Encoding AAC");
    }
}
