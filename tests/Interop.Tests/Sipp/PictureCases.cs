namespace Avatar2D.Interop.Tests.Sipp;

/// <summary>The picture is taken, in several ways.</summary>
internal static class PictureCases
{
    /// <summary>The rows.</summary>
    public static IReadOnlyList<SippCase> Rows { get; } =
    [
        new("accept-h265", "accept-h265", "remote_hangup", call => call.AssertPicture("H265")) { IsH265 = true },
        new("accept-h264", "accept-h264", "remote_hangup", Accepted),
        new("accept-h264-tcp", "accept-h264", "remote_hangup", Accepted) { Tcp = true },
        new("handset", "handset", "remote_hangup", Handset),
        new("single-nal-units", "single-nal-units", "remote_hangup", SingleNalUnits),
        new("accept-inactive", "accept-inactive", "remote_hangup", Inactive),
        new("late-offer", "late-offer", "remote_hangup", LateOffer),
        new("late-offer-tcp", "late-offer", "remote_hangup", LateOffer) { Tcp = true },
        new("video-from-start", "video-from-start", "remote_hangup", FromStart),
        new("fast-update", "fast-update", "remote_hangup", FastUpdate),
        new("info-keys", "info-keys", "remote_hangup", Keys),
        new("methods", "methods", "remote_hangup", call => call.AssertPicture()),
    ];

    private static void Accepted(SippOutcome call)
    {
        call.AssertPicture();
        Assert.Single(call.Media.Video.KeyFrames);
        Assert.Single(call.Media.Video.Packets.Select(p => p.Ssrc).Distinct());
        SipTraceMessage offer = Assert.Single(call.Received("INVITE"));
        SipTraceMessage answer = call.Received("SIP/2.0 200")[0];
        Assert.Equal(answer.SdpVersion + 1, offer.SdpVersion);
        Assert.Equal(answer.SdpLines("m=audio").Single().Split(' ')[1], offer.SdpLines("m=audio").Single().Split(' ')[1]);
        Assert.Contains("sendonly", offer.SdpLines("a="));
        Assert.Contains("extmap:1 urn:3gpp:video-orientation", offer.SdpLines("a="));
        Assert.All(call.Media.Video.Packets, packet => Assert.Null(packet.Orientation)); // The answer does not take it.
        Assert.Contains(offer.SdpLines("a=rtcp-fb:"), line => line.EndsWith("nack pli", StringComparison.Ordinal));
        Assert.Contains(offer.SdpLines("a=rtcp-fb:"), line => line.EndsWith("ccm fir", StringComparison.Ordinal));
    }

    private static void Handset(SippOutcome call)
    {
        call.AssertPicture();
        Assert.Equal((240, 320, 15), (call.Record.VideoWidth, call.Record.VideoHeight, call.Record.VideoFramesPerSecond));
        Assert.Equal("PCMA", call.Record.AudioCodec);

        // Upright, in the last packet of every key frame and nowhere else (TS 26.114 §7.4.5).
        IReadOnlyList<uint> keyFrames = call.Media.Video.KeyFrames;
        Assert.All(call.Media.Video.Packets, packet => Assert.Equal(
            packet.IsMarked && keyFrames.Contains(packet.Timestamp) ? 0 : null, packet.Orientation));
    }

    private static void SingleNalUnits(SippOutcome call)
    {
        call.AssertPicture();
        Assert.All(call.Media.Video.Packets, p => Assert.InRange(p.Nal, 1, 23));
    }

    private static void Inactive(SippOutcome call)
    {
        call.AssertPicture();
        DateTimeOffset wanted = call.Sent("INVITE").First(m => m.CSeq == "2 INVITE").Time;
        Assert.Empty(call.Media.Video.Between(DateTimeOffset.MinValue, wanted));
        Assert.Single(call.Media.Video.KeyFrames);
    }

    private static void LateOffer(SippOutcome call)
    {
        call.AssertPicture();
        Assert.Equal("PCMU", call.Record.AudioCodec);
    }

    private static void FromStart(SippOutcome call)
    {
        call.AssertPicture();
        Assert.Empty(call.Received("INVITE"));
        Assert.All(call.Media.Video.Packets, p => Assert.Equal(99, p.PayloadType));
    }

    private static void Keys(SippOutcome call)
    {
        call.AssertPicture();
        Assert.Equal(2, call.Record.KeysPressed);
        Assert.Contains("application/dtmf-relay", call.Received("SIP/2.0 415").Single().Header("Accept"), StringComparison.Ordinal);
    }

    private static void FastUpdate(SippOutcome call)
    {
        call.AssertPicture();
        Assert.Equal(2, call.Media.Video.KeyFrames.Count);
        Assert.Equal(1, call.Record.KeyFrameRequests);
    }
}
