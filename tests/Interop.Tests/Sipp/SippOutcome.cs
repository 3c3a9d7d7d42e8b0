using Avatar2D.Gateway.Diagnostics;

namespace Avatar2D.Interop.Tests.Sipp;

/// <summary>What came of one run.</summary>
internal sealed record SippOutcome
{
    /// <summary>In the shortest of the scenarios, on a machine that leaves most pictures out.</summary>
    private const int LeastPictures = 3;

    /// <summary>SIPp's exit code: 0 when the scenario went through.</summary>
    public required int ExitCode { get; init; }

    /// <summary>SIPp's complaints, the messages, the gateway's log: for the failure text.</summary>
    public required string Story { get; init; }

    /// <summary>What went over the wire.</summary>
    public required IReadOnlyList<SipTraceMessage> Trace { get; init; }

    /// <summary>What the media ports received.</summary>
    public required MediaPeer Media { get; init; }

    /// <summary>The call detail records of the Call-ID.</summary>
    public required IReadOnlyList<CallDetailRecord> Records { get; init; }

    /// <summary>The gateway still has the call.</summary>
    public required bool Lingers { get; init; }

    /// <summary>The only record.</summary>
    public CallDetailRecord Record => Records.Single();

    /// <summary>Messages that SIPp sent, by the start of their first line.</summary>
    public IReadOnlyList<SipTraceMessage> Sent(string start) => Select(start, sent: true);

    /// <summary>Messages that SIPp received, by the start of their first line.</summary>
    public IReadOnlyList<SipTraceMessage> Received(string start) => Select(start, sent: false);

    /// <summary>When SIPp received the 200 to the request with this CSeq.</summary>
    public DateTimeOffset AnsweredAt(string cseq) => Received("SIP/2.0 200").First(m => m.CSeq == cseq).Time;

    /// <summary>The picture came up: a key frame first, packets of bounded size, voice both ways.</summary>
    public void AssertPicture(string codec = "H264")
    {
        Assert.Equal(codec, Record.VideoCodec);
        Assert.True(Record.FramesSent >= LeastPictures, $"{Record.FramesSent} pictures");
        Assert.NotNull(Record.FirstPictureDelayMs);
        Assert.True(Media.Video.Packets.Count >= LeastPictures, $"{Media.Video.Packets.Count} video packets");
        Assert.True(Media.Video.StartsWithKeyFrame(Media.Video.Packets[0]), $"NAL {Media.Video.Packets[0].Nal} first");
        Assert.All(Media.Video.Packets, p => Assert.InRange(p.Length, 13, 1200));
        AssertVoice();
    }

    /// <summary>The voice went both ways.</summary>
    public void AssertVoice()
    {
        Assert.True(Record.AudioPacketsReceived >= 20, $"{Record.AudioPacketsReceived} audio packets reached the gateway");
        Assert.True(Media.Audio.Packets.Count >= 20, $"{Media.Audio.Packets.Count} audio packets came back");
    }

    /// <summary>The call stayed an audio call to its end, with voice until then.</summary>
    public void AssertVoiceOnly()
    {
        Assert.Null(Record.VideoCodec);
        Assert.Equal(0, Record.FramesSent);
        Assert.Empty(Media.Video.Packets);
        AssertVoice();
        AssertVoiceUntil(Sent("BYE")[0].Time);
    }

    /// <summary>Voice came in the last second before a time.</summary>
    public void AssertVoiceUntil(DateTimeOffset end) =>
        Assert.NotEmpty(Media.Audio.Between(end - TimeSpan.FromSeconds(1), end + TimeSpan.FromSeconds(1)));

    private List<SipTraceMessage> Select(string start, bool sent) =>
        [.. Trace.Where(m => m.Sent == sent && m.StartLine.StartsWith(start, StringComparison.Ordinal))];
}
