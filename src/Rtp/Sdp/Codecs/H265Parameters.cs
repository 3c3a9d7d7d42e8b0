namespace Avatar2D.Rtp.Sdp;

/// <summary>fmtp of H.265 (RFC 7798 §7.1). Absent values mean Main profile, main tier, level 3.1.</summary>
public sealed record H265Parameters
{
    /// <summary>profile-id: 1 Main, 2 Main 10, 3 Main Still.</summary>
    public int ProfileId { get; init; } = 1;

    /// <summary>tier-flag: true for the high tier.</summary>
    public bool HighTier { get; init; }

    /// <summary>level-id: thirty times the level.</summary>
    public int LevelId { get; init; } = 93;

    /// <summary>max-recv-level-id: a higher level that the writer receives; null without.</summary>
    public int? MaxReceiveLevelId { get; init; }

    /// <summary>tx-mode: SRST is all that phones do.</summary>
    public string TransmissionMode { get; init; } = "SRST";

    /// <summary>max-lsr, luma samples per second above the level's; null without.</summary>
    public int? MaxLumaSamplesPerSecond { get; init; }

    /// <summary>max-lps, luma samples per picture above the level's; null without.</summary>
    public int? MaxLumaSamplesPerPicture { get; init; }

    /// <summary>max-br, kbit/s above the level's; null without.</summary>
    public int? MaxBitrateKbps { get; init; }

    /// <summary>max-fps, in hundredths of a frame per second; a ceiling. Null without.</summary>
    public int? MaxFrameRateHundredths { get; init; }

    /// <summary>sprop-vps, base64; null without.</summary>
    public string? VideoParameterSets { get; init; }

    /// <summary>sprop-sps, base64; null without.</summary>
    public string? SequenceParameterSets { get; init; }

    /// <summary>sprop-pps, base64; null without.</summary>
    public string? PictureParameterSets { get; init; }

    /// <summary>Reads the parameters.</summary>
    public static H265Parameters From(FormatParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return new()
        {
            ProfileId = parameters.Number("profile-id") ?? 1,
            HighTier = parameters.Flag("tier-flag"),
            LevelId = parameters.Number("level-id") ?? 93,
            MaxReceiveLevelId = parameters.Number("max-recv-level-id"),
            TransmissionMode = parameters["tx-mode"] is { Length: > 0 } mode ? mode : "SRST",
            MaxLumaSamplesPerSecond = parameters.Number("max-lsr"),
            MaxLumaSamplesPerPicture = parameters.Number("max-lps"),
            MaxBitrateKbps = parameters.Number("max-br"),
            MaxFrameRateHundredths = parameters.Number("max-fps"),
            VideoParameterSets = parameters["sprop-vps"],
            SequenceParameterSets = parameters["sprop-sps"],
            PictureParameterSets = parameters["sprop-pps"],
        };
    }

    /// <summary>Writes profile, tier and level always, the rest where set.</summary>
    public FormatParameters ToFormatParameters()
    {
        FormatParameters result = FormatParameters.None
            .With("profile-id", Codec.Text(ProfileId))
            .With("tier-flag", HighTier ? "1" : "0")
            .With("level-id", Codec.Text(LevelId));
        result = Add(result, "max-recv-level-id", MaxReceiveLevelId);
        result = TransmissionMode == "SRST" ? result : result.With("tx-mode", TransmissionMode);
        result = Add(result, "max-lsr", MaxLumaSamplesPerSecond);
        result = Add(result, "max-lps", MaxLumaSamplesPerPicture);
        result = Add(result, "max-br", MaxBitrateKbps);
        result = Add(result, "max-fps", MaxFrameRateHundredths);
        result = VideoParameterSets is null ? result : result.With("sprop-vps", VideoParameterSets);
        result = SequenceParameterSets is null ? result : result.With("sprop-sps", SequenceParameterSets);
        return PictureParameterSets is null ? result : result.With("sprop-pps", PictureParameterSets);
    }

    private static FormatParameters Add(FormatParameters to, string name, int? value) =>
        value is int number ? to.With(name, Codec.Text(number)) : to;
}
