using System.Net;
using System.Net.Sockets;
using Avatar2D.Gateway.Calls.Media;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Tests.Calls.Media;
using Avatar2D.Rtp.Packets;
using Avatar2D.Rtp.Receiving;
using Avatar2D.Rtp.Rtcp;
using Avatar2D.Rtp.Sdp;
using Avatar2D.Rtp.Sessions;

namespace Avatar2D.Gateway.Tests.Load;

[Collection(AloneInTheProcess.Name)]
public sealed class ReceiveLoopTests
{
    private const int Packets = 2000;

    [Fact]
    public async Task ReceiveLoop_PacketsFromAPlainSocket_AllocatesNothingPerPacket()
    {
        await using var rig = new StreamRig();
        NegotiatedMedia line = StreamRig.Audio(Codec.Pcmu);
        var stream = new AudioStream(rig.Time, null, rig);
        using var sink = new Signalling(stream);
        RtpSession session = rig.Open(sink, line);
        stream.Bind(session);
        var echo = new AudioReturn(new AudioOptions { ReturnMode = AudioReturnMode.Silence });
        stream.Use(AudioSetup.Create(line, new JitterBufferOptions(), rig.Time.TimestampFrequency, rate => echo.EndpointFor(rate, TimeSpan.Zero)));
        stream.Run(rig.Now);
        session.Start();
        SocketAddress target = session.LocalRtp.Serialize();
        byte[] datagram = new byte[RtpHeader.SizeBytes + 160];
        int sequence = 0;

        long least = long.MaxValue;
        for (int round = 0; round < 3; round++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int i = 0; i < Packets; i++, sequence++)
            {
                new RtpHeader(0, false, (ushort)sequence, (uint)(sequence * 160), 5).TryWrite(datagram);
                rig.Peer.SendTo(datagram, SocketFlags.None, target);
                if (!sink.Received.WaitOne(TimeSpan.FromSeconds(30)))
                    Assert.Fail($"packet {sequence} did not come");
            }

            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{least} bytes for {Packets} packets");

        // One object a packet would be 24 bytes at least. The rest belongs to the thread pool and the test's own runner.
        Assert.InRange(least, 0, Packets * 8);
        Assert.Equal(3 * Packets, session.GetStatistics().PacketsReceived);
        await session.DisposeAsync();
        stream.Close();
    }

    /// <summary>Lets the test send the next packet when this one has gone all the way.</summary>
    private sealed class Signalling(AudioStream stream) : IRtpSink, IDisposable
    {
        public AutoResetEvent Received { get; } = new(initialState: false);

        public void OnRtp(in RtpPacketView packet, long arrivalTimestamp)
        {
            stream.OnRtp(packet, arrivalTimestamp);
            Received.Set();
        }

        public void OnFeedback(in FeedbackMessage feedback) => stream.OnFeedback(feedback);

        public void OnSenderReport(uint ssrc, in SenderInfo info, long arrivalTimestamp) => stream.OnSenderReport(ssrc, info, arrivalTimestamp);

        public void OnBye(uint ssrc) => stream.OnBye(ssrc);

        public void Dispose() => Received.Dispose();
    }
}
