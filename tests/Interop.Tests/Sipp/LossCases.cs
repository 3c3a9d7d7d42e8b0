using System.Collections.Immutable;

namespace Avatar2D.Interop.Tests.Sipp;

/// <summary>Lost messages, silence, forgotten dialogs.</summary>
internal static class LossCases
{
    /// <summary>The rows.</summary>
    public static IReadOnlyList<SippCase> Rows { get; } =
    [
        new("no-ack", "no-ack", "no_ack", NoAck) { Gateway = SippGatewayKind.ShortTimers },
        new("reinvite-unanswered", "reinvite-unanswered", "dialog_lost", ReinviteUnanswered) { Gateway = SippGatewayKind.ShortTimers },
        new("reinvite-481", "reinvite-481", "dialog_lost", DialogGone) { Values = One("status", "481") },
        new("reinvite-408", "reinvite-481", "dialog_lost", DialogGone) { Values = One("status", "408") },
        new("lost-200", "lost-200", "remote_hangup", Lost200),
        new("retransmitted-invite", "retransmitted-invite", "remote_hangup", call =>
        {
            call.AssertPicture();
            Assert.True(call.Sent("INVITE").Count >= 2, "the INVITE went out once");
            Assert.Single(call.Received("SIP/2.0 200").Where(m => m.CSeq == "1 INVITE").Select(m => m.Text).Distinct());
        }),
        new("bye-in-reinvite", "bye-in-reinvite", "remote_hangup", call => Assert.Null(call.Record.VideoCodec)),
        new("bye-in-reinvite-tcp", "bye-in-reinvite", "remote_hangup", call => Assert.Null(call.Record.VideoCodec)) { Tcp = true },
        new("bye-at-once", "bye-at-once", "remote_hangup", call => Assert.Empty(call.Received("INVITE"))),
    ];

    private static ImmutableDictionary<string, string> One(string name, string value) =>
        ImmutableDictionary<string, string>.Empty.Add(name, value);

    private static void NoAck(SippOutcome call)
    {
        IReadOnlyList<SipTraceMessage> answers = call.Received("SIP/2.0 200");
        Assert.True(answers.Count >= 5, $"the 200 came {answers.Count} times");
        TimeSpan held = call.Received("BYE")[0].Time - answers[0].Time;
        Assert.True(held >= TimeSpan.FromSeconds(9), $"BYE after {held}, before 64 T1");
    }

    private static void ReinviteUnanswered(SippOutcome call)
    {
        IReadOnlyList<SipTraceMessage> asked = call.Received("INVITE");
        Assert.True(asked.Count >= 5, $"the re-INVITE came {asked.Count} times");
        Assert.Single(asked.Select(m => m.Text).Distinct());
        TimeSpan held = call.Received("BYE")[0].Time - asked[0].Time;
        Assert.True(held >= TimeSpan.FromSeconds(9), $"BYE after {held}, before 64 T1");
        call.AssertVoice();
    }

    private static void DialogGone(SippOutcome call)
    {
        Assert.Single(call.Received("INVITE").Select(m => m.CSeq).Distinct());
        Assert.Null(call.Record.VideoCodec);
    }

    private static void Lost200(SippOutcome call)
    {
        DateTimeOffset acknowledged = call.Sent("ACK")[0].Time;
        IReadOnlyList<SipTraceMessage> answers = [.. call.Received("SIP/2.0 200").Where(m => m.Time < acknowledged)];
        Assert.True(answers.Count >= 2, $"the 200 came {answers.Count} times");
        Assert.Single(answers.Select(m => m.Text).Distinct());
        call.AssertPicture();
    }
}
