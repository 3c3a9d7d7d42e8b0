using System.Collections.Concurrent;
using System.Threading.Channels;
using Avatar2D.Rtp.Packets;
using Avatar2D.Rtp.Rtcp;
using Avatar2D.Rtp.Sessions;

namespace Avatar2D.Rtp.Tests.Sessions;

/// <summary>Keeps what a session hands over; tests wait on the channel, never on time.</summary>
internal sealed class RecordingSink : IRtpSink
{
    private readonly Channel<string> _events = Channel.CreateUnbounded<string>();

    public ConcurrentQueue<byte[]> Payloads { get; } = new();

    public bool Throws { get; set; }

    public SenderInfo LastInfo { get; private set; }

    public void OnRtp(in RtpPacketView packet, long arrivalTimestamp)
    {
        Payloads.Enqueue(packet.Payload.ToArray());
        _events.Writer.TryWrite($"rtp {packet.PayloadType} {(packet.Marker ? "M" : "-")} {packet.Payload.Length}");
        if (Throws)
            throw new InvalidOperationException("test");
    }

    public void OnFeedback(in FeedbackMessage feedback) => _events.Writer.TryWrite($"feedback {feedback.Kind}");

    public void OnSenderReport(uint ssrc, in SenderInfo info, long arrivalTimestamp)
    {
        LastInfo = info;
        _events.Writer.TryWrite("sr");
    }

    public void OnBye(uint ssrc) => _events.Writer.TryWrite("bye");

    /// <summary>The next event; ten seconds are a guard against hanging, not a measure.</summary>
    public async Task<string> NextAsync() =>
        await _events.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));

    public bool TryNext(out string? item) => _events.Reader.TryRead(out item);
}
