namespace Avatar2D.Rtp.Sdp;

/// <summary>Encoding names of rtpmap.</summary>
internal static class CodecNames
{
    private static readonly Dictionary<string, CodecKind> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["PCMU"] = CodecKind.Pcmu,
        ["PCMA"] = CodecKind.Pcma,
        ["G722"] = CodecKind.G722,
        ["AMR"] = CodecKind.Amr,
        ["AMR-WB"] = CodecKind.AmrWb,
        ["opus"] = CodecKind.Opus,
        ["telephone-event"] = CodecKind.TelephoneEvent,
        ["CN"] = CodecKind.ComfortNoise,
        ["rtx"] = CodecKind.Rtx,
        ["H264"] = CodecKind.H264,
        ["H265"] = CodecKind.H265,
    };

    public static CodecKind KindOf(string name) => Kinds.GetValueOrDefault(name, CodecKind.Unknown);
}
