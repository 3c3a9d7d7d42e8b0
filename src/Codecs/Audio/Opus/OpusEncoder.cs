namespace Avatar2D.Codecs.Audio;

/// <summary>Opus (RFC 6716) through libopus, mono.</summary>
public sealed unsafe class OpusEncoder : IAudioEncoder
{
    private readonly OpusEncoderHandle _encoder;

    /// <summary>Opens an encoder.</summary>
    /// <exception cref="CodecUnavailableException">libopus is not installed.</exception>
    /// <exception cref="CodecException">libopus refuses a setting.</exception>
    public OpusEncoder(OpusEncoderSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        NativeLibraries.RequireOpus();
        Settings = settings;
        _encoder = OpusNative.EncoderCreate(settings.SampleRateHz, 1, (int)settings.Signal, out int status);
        OpusNative.Check(status, $"Opening an Opus encoder at {settings.SampleRateHz} Hz");
        Control(OpusNative.SetComplexity, settings.Complexity, "complexity");
        Control(OpusNative.SetVbr, settings.ConstantBitRate ? 0 : 1, "bit rate mode");
        SetBitRate(settings.BitRate);
        SetLoss(settings.ForwardErrorCorrection, settings.ExpectedLossPercent);
        Control(OpusNative.SetDtx, settings.DiscontinuousTransmission ? 1 : 0, "DTX");
    }

    /// <summary>What it was opened with.</summary>
    public OpusEncoderSettings Settings { get; }

    /// <inheritdoc/>
    public int SampleRateHz => Settings.SampleRateHz;

    /// <inheritdoc/>
    public int FrameSamples => Settings.SampleRateHz / 50;

    /// <summary>RFC 6716 §3.4: a frame has at most 1275 bytes; 60 ms are three of them and a header.</summary>
    public int MaxPayloadBytes => (3 * 1275) + 7;

    /// <summary>Changes the bit rate from the next frame on.</summary>
    /// <param name="bitsPerSecond">6000 to 510000.</param>
    public void SetBitRate(int bitsPerSecond) => Control(OpusNative.SetBitRate, bitsPerSecond, "bit rate");

    /// <summary>Changes the protection from the next frame on, as the far end's receiver reports ask for.</summary>
    /// <param name="forwardErrorCorrection">Carry a copy of the frame before.</param>
    /// <param name="expectedLossPercent">0 to 100.</param>
    public void SetLoss(bool forwardErrorCorrection, int expectedLossPercent)
    {
        Control(OpusNative.SetInbandFec, forwardErrorCorrection ? 1 : 0, "FEC");
        Control(OpusNative.SetPacketLoss, Math.Clamp(expectedLossPercent, 0, 100), "expected loss");
    }

    /// <inheritdoc/>
    public int Encode(ReadOnlySpan<short> pcm, Span<byte> payload)
    {
        // 2.5 ms is the unit: 400 of them a second.
        int units = pcm.Length * 400 / SampleRateHz;
        if (units * SampleRateHz != pcm.Length * 400 || units is not (1 or 2 or 4 or 8 or 16 or 24))
            throw new ArgumentException($"{pcm.Length} samples at {SampleRateHz} Hz are no Opus frame.", nameof(pcm));
        if (payload.IsEmpty)
            throw new ArgumentException("The payload has no room.", nameof(payload));
        fixed (short* from = pcm)
        fixed (byte* to = payload)
            return OpusNative.Check(OpusNative.Encode(_encoder, from, pcm.Length, to, payload.Length), "Encoding an Opus frame");
    }

    /// <inheritdoc/>
    public void Dispose() => _encoder.Dispose();

    private void Control(int request, int value, string what) =>
        OpusNative.Check(OpusNative.EncoderControl(_encoder, request, value), $"Setting the Opus {what} to {value}");
}
