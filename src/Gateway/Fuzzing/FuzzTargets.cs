namespace Avatar2D.Gateway.Fuzzing;

/// <summary>All parsers that read bytes from the network.</summary>
internal static class FuzzTargets
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("sip", TextCorpus.Sip, TextCorpus.SipWords, SipFuzz.Open),
        new("sdp", TextCorpus.Sdp, TextCorpus.SdpWords, SdpFuzz.Open),
        new("rtp", BinaryCorpus.Rtp, [], PacketFuzz.OpenRtp),
        new("rtcp", BinaryCorpus.Rtcp, [], PacketFuzz.OpenRtcp),
        new("srtp", BinaryCorpus.Rtp, [], PacketFuzz.OpenSrtp),
        new("stun", BinaryCorpus.Stun, [], PacketFuzz.OpenStun),
        new("h264", BinaryCorpus.H264, [], VideoFuzz.OpenH264),
        new("h265", BinaryCorpus.H265, [], VideoFuzz.OpenH265),
        new("opus", BinaryCorpus.Opus, [], AudioFuzz.OpenOpus),
        new("g711", BinaryCorpus.G711, [], AudioFuzz.OpenG711),
        new("g722", BinaryCorpus.G711, [], AudioFuzz.OpenG722),
        new("amr", BinaryCorpus.Amr, [], () => AudioFuzz.OpenAmr(wide: false)),
        new("amr-wb", BinaryCorpus.Amr, [], () => AudioFuzz.OpenAmr(wide: true)),
        new("telephone-event", BinaryCorpus.TelephoneEvent, [], AudioFuzz.OpenTelephoneEvent),
        new("comfort-noise", BinaryCorpus.ComfortNoise, [], AudioFuzz.OpenComfortNoise),
    ];

    /// <summary>The target of a name; null for none.</summary>
    public static FuzzTarget? Find(string name) => All.FirstOrDefault(target => target.Name == name);
}
