namespace Avatar2D.Codecs.Audio;

/// <summary>Settings of an Opus encoder; mono. Bit rate, FEC, loss and DTX can change while it runs.</summary>
public sealed record OpusEncoderSettings
{
    /// <summary>Rate of the PCM: 8000, 12000, 16000, 24000 or 48000 Hz. Default 16000: the engine's rate. RTP ticks stay at 48 kHz (RFC 7587).</summary>
    public int SampleRateHz { get; init; } = 16_000;

    /// <summary>Bits per second, 6000 to 510000. Default 24000: wideband speech.</summary>
    public int BitRate { get; init; } = 24_000;

    /// <summary>Put a copy of the last frame into the next one. Default true; without expected loss the encoder adds none.</summary>
    public bool ForwardErrorCorrection { get; init; } = true;

    /// <summary>Loss to prepare for in percent, 0 to 100. Default 10.</summary>
    public int ExpectedLossPercent { get; init; } = 10;

    /// <summary>Send next to nothing during silence. Default false: many far ends take it for loss.</summary>
    public bool DiscontinuousTransmission { get; init; }

    /// <summary>Effort, 0 (least) to 10. Default 5.</summary>
    public int Complexity { get; init; } = 5;

    /// <summary>Constant bit rate (the far end asked with cbr=1). Default false.</summary>
    public bool ConstantBitRate { get; init; }

    /// <summary>What to tune for. Default voice.</summary>
    public OpusSignal Signal { get; init; } = OpusSignal.Voice;
}
