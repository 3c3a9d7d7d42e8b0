namespace Avatar2D.Rtp.Sdp;

/// <summary>fmtp of Opus (RFC 7587 §6.1). Each side writes what it likes to receive; defaults are the RFC's.</summary>
public sealed record OpusParameters
{
    /// <summary>useinbandfec: the writer can use forward error correction.</summary>
    public bool InbandFec { get; init; }

    /// <summary>usedtx: the writer likes silence not to be sent.</summary>
    public bool Dtx { get; init; }

    /// <summary>cbr: the writer wants constant bit rate.</summary>
    public bool ConstantBitRate { get; init; }

    /// <summary>stereo: the writer likes to receive two channels.</summary>
    public bool Stereo { get; init; }

    /// <summary>sprop-stereo: the writer is likely to send two channels.</summary>
    public bool SendsStereo { get; init; }

    /// <summary>maxplaybackrate in Hz, 8000 to 48000.</summary>
    public int MaxPlaybackRateHz { get; init; } = 48_000;

    /// <summary>maxaveragebitrate in bit/s, 6000 to 510000; null where it is open.</summary>
    public int? MaxAverageBitrateBps { get; init; }

    /// <summary>minptime in ms, as browsers send it; null without.</summary>
    public int? MinPacketTimeMs { get; init; }

    /// <summary>Reads the parameters; values out of range fall back to the default.</summary>
    public static OpusParameters From(FormatParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return new()
        {
            InbandFec = parameters.Flag("useinbandfec"),
            Dtx = parameters.Flag("usedtx"),
            ConstantBitRate = parameters.Flag("cbr"),
            Stereo = parameters.Flag("stereo"),
            SendsStereo = parameters.Flag("sprop-stereo"),
            MaxPlaybackRateHz = parameters.Number("maxplaybackrate") is int rate and >= 8000 and <= 48_000 ? rate : 48_000,
            MaxAverageBitrateBps = parameters.Number("maxaveragebitrate") is int bits and >= 6000 and <= 510_000 ? bits : null,
            MinPacketTimeMs = parameters.Number("minptime") is int time and >= 3 and <= 120 ? time : null,
        };
    }

    /// <summary>Only what differs from the RFC's defaults.</summary>
    public FormatParameters ToFormatParameters()
    {
        FormatParameters result = FormatParameters.None;
        result = Add(result, "minptime", MinPacketTimeMs);
        result = Add(result, "maxplaybackrate", MaxPlaybackRateHz == 48_000 ? null : MaxPlaybackRateHz);
        result = Add(result, "maxaveragebitrate", MaxAverageBitrateBps);
        result = Add(result, "useinbandfec", InbandFec ? 1 : null);
        result = Add(result, "usedtx", Dtx ? 1 : null);
        result = Add(result, "cbr", ConstantBitRate ? 1 : null);
        result = Add(result, "stereo", Stereo ? 1 : null);
        return Add(result, "sprop-stereo", SendsStereo ? 1 : null);
    }

    private static FormatParameters Add(FormatParameters to, string name, int? value) =>
        value is int number ? to.With(name, Codec.Text(number)) : to;
}
