namespace Avatar2D.Interop.Tests.Sipp;

/// <summary>Requests that cross: glare, overlap, CANCEL.</summary>
internal static class CrossingCases
{
    /// <summary>The rows.</summary>
    public static IReadOnlyList<SippCase> Rows { get; } =
    [
        new("glare-answered-491", "glare-answered-491", "remote_hangup", AskedAgainSoon),
        new("glare-answered-491-tcp", "glare-answered-491", "remote_hangup", AskedAgainSoon) { Tcp = true },
        new("glare-both", "glare-both", "remote_hangup", AskedAgainSoon),
        new("glare-crossed", "glare-crossed", "remote_hangup", call =>
        {
            call.AssertPicture();
            Assert.Single(call.Received("INVITE").Select(m => m.CSeq).Distinct());
        }),
        new("refuse-retry-after", "refuse-retry-after", "remote_hangup", RetryAfter),
        new("crossing-late-offer", "crossing-late-offer", "remote_hangup", call => call.AssertPicture()),
        new("overlapping", "overlapping", "remote_hangup", call => call.AssertPicture()) { Gateway = SippGatewayKind.Ringing },
        new("cancel", "cancel", "cancelled", Cancelled) { Gateway = SippGatewayKind.Ringing },
        new("cancel-tcp", "cancel", "cancelled", Cancelled) { Gateway = SippGatewayKind.Ringing, Tcp = true },
        new("cancel-unknown", "cancel-unknown", "remote_hangup", call => call.AssertPicture()) { Gateway = SippGatewayKind.Ringing },
        new("cancel-late", "cancel-late", "remote_hangup", call => call.AssertPicture()),
    ];

    private static void AskedAgainSoon(SippOutcome call)
    {
        call.AssertPicture();
        SipTraceMessage refusal = call.Sent("SIP/2.0 491")[0];
        SipTraceMessage[] asked = [.. call.Received("INVITE").DistinctBy(m => m.CSeq)];
        Assert.Equal(2, asked.Length);

        // We do not own the Call-ID: 0 to 2 s (RFC 3261 §14.1); more than the owner's 2.1 s would only be a slow machine.
        Assert.InRange(asked[1].Time - refusal.Time, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.True(asked[1].SdpVersion >= asked[0].SdpVersion, "o= went back");
        Assert.Equal(asked[0].SdpLines("m="), asked[1].SdpLines("m="));
    }

    private static void RetryAfter(SippOutcome call)
    {
        call.AssertPicture();
        SipTraceMessage[] asked = [.. call.Received("INVITE").DistinctBy(m => m.CSeq)];
        Assert.Equal(2, asked.Length);
        TimeSpan waited = asked[1].Time - call.Sent("SIP/2.0 500")[0].Time;
        Assert.True(waited >= TimeSpan.FromSeconds(0.99), $"asked again after {waited}");
    }

    private static void Cancelled(SippOutcome call)
    {
        Assert.Equal(487, call.Record.SipStatus);
        Assert.Null(call.Record.AnswerTime);
        Assert.Equal(0, call.Record.AudioPacketsSent);
    }
}
