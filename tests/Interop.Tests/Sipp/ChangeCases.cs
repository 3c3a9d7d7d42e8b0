namespace Avatar2D.Interop.Tests.Sipp;

/// <summary>The caller changes the session while the picture is up, or brings it up itself.</summary>
internal static class ChangeCases
{
    /// <summary>For messages on their way and packets in buffers, on a busy machine.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(700);

    /// <summary>The rows.</summary>
    public static IReadOnlyList<SippCase> Rows { get; } =
    [
        new SippCase("hold-sendonly", "hold", "remote_hangup", c => Hold(c, "recvonly")).With("adir", "sendonly").With("vdir", "sendonly"),
        new SippCase("hold-inactive", "hold", "remote_hangup", c => Hold(c, "inactive")).With("adir", "inactive").With("vdir", "inactive"),
        new SippCase("hold-by-zero-address", "hold", "remote_hangup", c => Hold(c, null))
            .With("adir", "sendrecv").With("vdir", "recvonly").With("host", "0.0.0.0"),
        new SippCase("hold-tcp", "hold", "remote_hangup", c => Hold(c, "recvonly")) { Tcp = true }.With("adir", "sendonly").With("vdir", "inactive"),
        new("hold-by-update", "hold-by-update", "remote_hangup", c => Hold(c, "inactive")),
        new("moved", "moved", "remote_hangup", Moved),
        new("refresh", "refresh", "remote_hangup", Refresh),
        new("video-again", "video-again", "remote_hangup", Again),
        new("video-dropped", "video-dropped", "remote_hangup", Dropped),
        new("late-offer-reinvite", "late-offer-reinvite", "remote_hangup", LateOfferReinvite),
    ];

    private static void Hold(SippOutcome call, string? answered)
    {
        call.AssertPicture();
        SipTraceMessage[] changes = [.. call.Sent("").Where(m => m.StartLine.StartsWith("INVITE", StringComparison.Ordinal)
            || m.StartLine.StartsWith("UPDATE", StringComparison.Ordinal)).Where(m => !m.CSeq.StartsWith("1 ", StringComparison.Ordinal))];
        (SipTraceMessage hold, SipTraceMessage resume) = (changes.First(m => m.CSeq[0] == '2'), changes.First(m => m.CSeq[0] == '3'));
        DateTimeOffset held = call.AnsweredAt(hold.CSeq);
        DateTimeOffset resumed = call.AnsweredAt(resume.CSeq);
        if (answered is not null)
            Assert.Contains(answered, call.Received("SIP/2.0 200").First(m => m.CSeq == hold.CSeq).SdpLines("a="));
        Assert.NotEmpty(call.Media.Video.Between(hold.Time - (3 * Settling), hold.Time));
        Assert.Empty(call.Media.Video.Between(held + Settling, resume.Time));
        Assert.Empty(call.Media.Audio.Between(held + Settling, resume.Time));
        IReadOnlyList<PeerPacket> after = call.Media.Video.Between(resume.Time, DateTimeOffset.MaxValue);
        Assert.True(after.Count > 5, $"{after.Count} packets after the hold");
        Assert.True(call.Media.Video.StartsWithKeyFrame(after[0]), "no key frame after the hold");
        Assert.Equal(2, call.Media.Video.KeyFrames.Count);
        call.AssertVoiceUntil(call.Sent("BYE")[0].Time);
        Assert.True(resumed >= held, "the answers came in the wrong order");
    }

    private static void Moved(SippOutcome call)
    {
        call.AssertPicture();
        DateTimeOffset moved = call.AnsweredAt("2 INVITE");
        Assert.Empty(call.Media.Video.Between(moved + Settling, DateTimeOffset.MaxValue));
        Assert.True(call.Media.SecondVideo.Packets.Count > 10, $"{call.Media.SecondVideo.Packets.Count} video packets at the new port");
        Assert.True(call.Media.SecondAudio.Packets.Count > 10, $"{call.Media.SecondAudio.Packets.Count} audio packets at the new port");
        Assert.Equal(call.Media.Video.Packets[0].Ssrc, call.Media.SecondVideo.Packets[0].Ssrc);
    }

    private static void Refresh(SippOutcome call)
    {
        call.AssertPicture();
        Assert.Single(call.Media.Video.KeyFrames);
        string[] Ports(SipTraceMessage m) => [.. m.SdpLines("m=").Select(line => string.Join(' ', line.Split(' ').Take(2)))];
        SipTraceMessage offer = call.Received("INVITE")[0];
        SipTraceMessage first = call.Received("SIP/2.0 200").First(m => m.CSeq == "2 INVITE");
        SipTraceMessage second = call.Received("SIP/2.0 200").First(m => m.CSeq == "3 INVITE");
        Assert.Equal(Ports(offer), Ports(first));
        Assert.Equal(Ports(offer), Ports(second));
        Assert.Equal(first.SdpVersion, second.SdpVersion);
    }

    private static void Again(SippOutcome call)
    {
        call.AssertPicture();
        Assert.Single(call.Received("INVITE"));
        Assert.Empty(call.Media.Video.Between(DateTimeOffset.MinValue, call.Sent("INVITE").First(m => m.CSeq == "2 INVITE").Time));
    }

    private static void Dropped(SippOutcome call)
    {
        call.AssertPicture();
        Assert.Empty(call.Media.Video.Between(call.AnsweredAt("2 INVITE") + Settling, DateTimeOffset.MaxValue));
        call.AssertVoiceUntil(call.Sent("BYE")[0].Time);
    }

    private static void LateOfferReinvite(SippOutcome call)
    {
        call.AssertPicture();
        Assert.NotEmpty(call.Media.Video.Between(call.Sent("BYE")[0].Time - (2 * Settling), DateTimeOffset.MaxValue));
    }
}
