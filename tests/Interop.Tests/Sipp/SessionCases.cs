namespace Avatar2D.Interop.Tests.Sipp;

/// <summary>Reliable responses, preconditions, session timers: RFC 3262, 3311, 3312, 4028.</summary>
internal static class SessionCases
{
    /// <summary>The rows.</summary>
    public static IReadOnlyList<SippCase> Rows { get; } =
    [
        new SippCase("session-timer", "session-timer", "remote_hangup", RefreshedInPeace)
            .With("extra", "Supported: timer\nSession-Expires: 90;refresher=uas"),
        new("reinvite-preconditions", "reinvite-preconditions", "remote_hangup", call => call.AssertPicture()),
        new("reinvite-preconditions-refused", "reinvite-preconditions-refused", "remote_hangup", call => call.AssertVoice()),
        new("invite-preconditions", "invite-preconditions", "remote_hangup", call => call.AssertVoice()),
        EarlyMedia("early-media", "Supported: 100rel\nP-Early-Media: supported"),
        EarlyMedia("early-media-required", "Require: 100rel\nP-Early-Media: supported"),
        new SippCase("session-too-short", "refused-invite", null, TellsMinimum)
            .With("status", "422").With("extra", "Supported: timer\nSession-Expires: 30"),
    ];

    private static SippCase EarlyMedia(string name, string headers) => new SippCase(name, "early-media", "remote_hangup", call =>
    {
        call.AssertVoice();
        DateTimeOffset answered = call.Received("SIP/2.0 200").First(m => m.CSeq == "1 INVITE").Time;
        Assert.NotEmpty(call.Media.Audio.Between(DateTimeOffset.MinValue, answered));
    })
    { Gateway = SippGatewayKind.Ringing }.With("extra", headers);

    private static void RefreshedInPeace(SippOutcome call)
    {
        call.AssertVoiceOnly();
        Assert.Single(call.Received("INVITE").DistinctBy(m => m.CSeq));
        Assert.InRange(call.Received("UPDATE")[0].Time - call.AnsweredAt("1 INVITE"), TimeSpan.FromSeconds(44), TimeSpan.FromSeconds(60));
        Assert.Empty(call.Received("UPDATE")[0].SdpLines("m="));
    }

    private static void TellsMinimum(SippOutcome call) =>
        Assert.Equal("90", call.Received("SIP/2.0 422")[0].Header("Min-SE"));
}
