namespace Avatar2D.Rtp.Sdp;

/// <summary>fmtp of H.264 (RFC 6184 §8.1).</summary>
public sealed record H264Parameters
{
    /// <summary>
    /// profile-level-id; null when not written. The RFC then means baseline at level 1, but peers that leave it out
    /// (Asterisk in pass-through, ffmpeg) take any level: so does <see cref="EffectiveProfileLevelId"/>.
    /// </summary>
    public H264ProfileLevelId? ProfileLevelId { get; init; }

    /// <summary>packetization-mode: 0 single NAL units (also when absent), 1 with STAP-A and FU-A, 2 interleaved.</summary>
    public int PacketizationMode { get; init; }

    /// <summary>level-asymmetry-allowed.</summary>
    public bool LevelAsymmetryAllowed { get; init; }

    /// <summary>max-recv-level: a level above profile-level-id's that the writer receives where levels may differ; null without.</summary>
    public H264Level? MaxReceiveLevel { get; init; }

    /// <summary>sprop-parameter-sets: SPS and PPS in base64, with commas; null without.</summary>
    public string? ParameterSets { get; init; }

    /// <summary>max-mbps, macroblocks per second above the level's; null without.</summary>
    public int? MaxMacroblocksPerSecond { get; init; }

    /// <summary>max-fs, macroblocks per frame above the level's; null without.</summary>
    public int? MaxFrameMacroblocks { get; init; }

    /// <summary>max-br, kbit/s above the level's; null without.</summary>
    public int? MaxBitrateKbps { get; init; }

    /// <summary>The profile and level to go by.</summary>
    public H264ProfileLevelId EffectiveProfileLevelId => ProfileLevelId ?? H264ProfileLevelId.Default;

    /// <summary>Reads the parameters.</summary>
    public static H264Parameters From(FormatParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return new()
        {
            ProfileLevelId = H264ProfileLevelId.TryParse(parameters["profile-level-id"], out H264ProfileLevelId id) ? id : null,
            PacketizationMode = parameters.Number("packetization-mode") ?? 0,
            LevelAsymmetryAllowed = parameters.Flag("level-asymmetry-allowed"),
            MaxReceiveLevel = ReceiveLevel(parameters["max-recv-level"], id),
            ParameterSets = parameters["sprop-parameter-sets"] is { Length: > 0 } sets ? sets : null,
            MaxMacroblocksPerSecond = parameters.Number("max-mbps"),
            MaxFrameMacroblocks = parameters.Number("max-fs"),
            MaxBitrateKbps = parameters.Number("max-br"),
        };
    }

    /// <summary>Two bytes in hex: the constraint flags and the level.</summary>
    private static H264Level? ReceiveLevel(string? value, H264ProfileLevelId like) =>
        value is { Length: 4 } && H264ProfileLevelId.TryParse("42" + value, out H264ProfileLevelId id)
            ? (id with { ProfileIdc = like.ProfileIdc == 0 ? id.ProfileIdc : like.ProfileIdc }).Level
            : null;

    /// <summary>Writes the parameters; packetization-mode always, since peers differ on its default.</summary>
    public FormatParameters ToFormatParameters()
    {
        FormatParameters result = FormatParameters.None;
        result = ProfileLevelId is H264ProfileLevelId id ? result.With("profile-level-id", id.ToString()) : result;
        result = LevelAsymmetryAllowed ? result.With("level-asymmetry-allowed", "1") : result;
        result = result.With("packetization-mode", Codec.Text(PacketizationMode));
        result = MaxMacroblocksPerSecond is int rate ? result.With("max-mbps", Codec.Text(rate)) : result;
        result = MaxFrameMacroblocks is int size ? result.With("max-fs", Codec.Text(size)) : result;
        result = MaxBitrateKbps is int bits ? result.With("max-br", Codec.Text(bits)) : result;
        return ParameterSets is null ? result : result.With("sprop-parameter-sets", ParameterSets);
    }
}
