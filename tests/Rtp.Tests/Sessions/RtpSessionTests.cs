using System.Net;
using System.Net.Sockets;
using Avatar2D.Rtp.Packets;
using Avatar2D.Rtp.Rtcp;
using Avatar2D.Rtp.Sessions;
using Avatar2D.Rtp.Srtp;
using Avatar2D.Rtp.Tests.Packets;
using Avatar2D.Rtp.Tests.Srtp;
using Microsoft.Extensions.Time.Testing;

namespace Avatar2D.Rtp.Tests.Sessions;

public sealed class RtpSessionTests
{
    public static TheoryData<string, bool, int> Networks => new()
    {
        { "127.0.0.1", false, 22_000 },
        { "127.0.0.1", true, 22_100 },
        { "::1", false, 22_200 },
        { "::1", true, 22_300 },
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public async Task Session_BothWays_CarriesMediaReportsFeedbackAndBye(string address, bool mux, int port)
    {
        await using SessionPair pair = new(IPAddress.Parse(address), mux, port);
        long start = pair.Clock.Now;
        pair.Left.SetMediaTime(16_000, start);
        byte[] payload = [1, 2, 3, 4];
        Assert.Equal(RtpSendResult.Sent, pair.Left.Send(payload, 16_000, true, 0));
        Assert.Equal("rtp 0 M 4", await pair.RightSink.NextAsync());
        Assert.True(pair.RightSink.Payloads.TryDequeue(out byte[]? received));
        Assert.Equal(payload, received);

        pair.TickUntilReport(pair.Left);
        Assert.Equal("sr", await pair.RightSink.NextAsync());
        SenderInfo info = pair.RightSink.LastInfo;
        Assert.Equal((1u, 4u), (info.PacketCount, info.OctetCount));
        // Seconds on the wall clock since the media time pair was set must equal rtpTicks since then.
        TimeSpan passed = info.Ntp.Since(pair.Clock.ToNtp(start));
        Assert.InRange(passed.TotalMilliseconds, 250, 520);
        Assert.Equal(pair.Left.TimestampOffset + 16_000 + (uint)(passed.TotalSeconds * 8000), info.RtpTimestamp, 1.0);

        pair.TickUntilReport(pair.Right); // RR about the left stream: gives the left its round trip
        Assert.Equal(RtpSendResult.Sent, pair.Right.Send(payload, 0, false, 0));
        Assert.Equal("rtp 0 - 4", await pair.LeftSink.NextAsync());
        Assert.True(pair.Left.SendPli(pair.Clock.Now));
        Assert.False(pair.Left.SendPli(pair.Clock.Now));
        // SR and PLI travel in one compound.
        Assert.Equal("sr", await pair.RightSink.NextAsync());
        Assert.Equal("feedback PictureLoss", await pair.RightSink.NextAsync());
        pair.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(pair.Left.SendFir(pair.Clock.Now));
        Assert.Equal("sr", await pair.RightSink.NextAsync());
        Assert.Equal("feedback FullIntraRequest", await pair.RightSink.NextAsync());

        RtpStatistics left = pair.Left.GetStatistics();
        Assert.Equal((1L, 4L, 1L, 2L), (left.PacketsSent, left.OctetsSent, left.PacketsReceived, left.KeyFrameRequestsSent));
        Assert.Equal(pair.Right.LocalSsrc, left.RemoteSsrc);
        Assert.Equal(TimeSpan.Zero, left.RoundTrip);
        Assert.Equal(pair.Right.LocalRtp, left.RemoteRtp);
        Assert.False(left.IsLatched);
        Assert.NotNull(pair.Left.LastReceived);
        Assert.Equal(2, pair.Right.GetStatistics().KeyFrameRequestsReceived);

        await pair.Left.DisposeAsync();
        Assert.Equal("sr", await pair.RightSink.NextAsync());
        Assert.Equal("bye", await pair.RightSink.NextAsync());
        Assert.Null(pair.Right.GetStatistics().RemoteSsrc);
        Assert.Equal(RtpSendResult.Closed, pair.Left.Send(payload, 0, false, 0));
        Assert.False(pair.Left.OnTick(pair.Clock.Now));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nack_OfSentPackets_BringsThemAgainWithinBounds(bool encrypted)
    {
        await using SessionPair pair = new(IPAddress.Loopback, mux: false, encrypted ? 23_700 : 23_600, keptPackets: 64);
        if (encrypted)
        {
            SrtpKey key = SrtpStreamTests.NewKey("AES_CM_128_HMAC_SHA1_80");
            pair.Left.Configure(SessionPair.Parameters(pair.Right.LocalRtp) with { Srtp = new SrtpKeys(key, key) });
        }

        using UdpClient peer = new(new IPEndPoint(IPAddress.Loopback, 0));
        pair.Left.Configure(pair.Left.Parameters with { RemoteRtp = (IPEndPoint)peer.Client.LocalEndPoint!, Srtp = pair.Left.Parameters.Srtp });
        var sent = new List<byte[]>();
        for (int i = 0; i < 40; i++)
        {
            pair.Left.Send([1, 2, (byte)i], (uint)i, false, 0);
            sent.Add((await peer.ReceiveAsync(TestContext.Current.CancellationToken)).Buffer);
        }

        ushort first = System.Buffers.Binary.BinaryPrimitives.ReadUInt16BigEndian(sent[30].AsSpan(2));
        pair.Left.OnMissing(first, 0b101); // 30, 31, 33
        byte[][] again = new byte[3][];
        for (int i = 0; i < 3; i++)
            again[i] = (await peer.ReceiveAsync(TestContext.Current.CancellationToken)).Buffer;
        Assert.Equal([sent[30], sent[31], sent[33]], again);
        pair.Left.OnMissing(first, 0); // Just now.
        pair.Time.Advance(TimeSpan.FromMilliseconds(50));
        pair.Left.OnMissing(first, 0);
        pair.Time.Advance(TimeSpan.FromSeconds(1));
        pair.Left.OnMissing(first, 0); // Too late to be shown.
        pair.Left.OnMissing((ushort)(first + 1000), 0xFFFF); // Never sent.
        Assert.Equal((4L, 40L), (pair.Left.GetStatistics().PacketsRepeated, pair.Left.GetStatistics().PacketsSent));
    }

    [Theory]
    [InlineData(false, 23_400)]
    [InlineData(true, 23_500)]
    public async Task Session_WithKeys_CarriesOnlyWhatIsProtected(bool mux, int port)
    {
        await using SessionPair pair = new(IPAddress.Loopback, mux, port);
        SrtpKey one = SrtpStreamTests.NewKey("AES_CM_128_HMAC_SHA1_80");
        SrtpKey two = SrtpStreamTests.NewKey("AEAD_AES_128_GCM");
        RtpSessionParameters left = SessionPair.Parameters(pair.Right.LocalRtp, mux) with { Srtp = new SrtpKeys(one, two) };
        pair.Left.Configure(left);
        pair.Left.Send([9], 0, true, 0); // The right side has no keys yet: what comes is no payload of ours.
        Assert.Equal("rtp 0 M 11", await pair.RightSink.NextAsync());
        pair.Right.Configure(SessionPair.Parameters(pair.Left.LocalRtp, mux) with { Srtp = new SrtpKeys(two, one) });

        byte[] payload = [1, 2, 3, 4];
        for (int i = 0; i < 3; i++)
        {
            pair.Left.Configure(left); // A refresh: counters stay.
            Assert.Equal(RtpSendResult.Sent, pair.Left.Send(payload, 160, true, 0));
            Assert.Equal("rtp 0 M 4", await pair.RightSink.NextAsync());
        }

        pair.TickUntilReport(pair.Left);
        Assert.Equal("sr", await pair.RightSink.NextAsync());
        Assert.Equal(RtpSendResult.Sent, pair.Right.Send(payload, 0, false, 0));
        Assert.Equal("rtp 0 - 4", await pair.LeftSink.NextAsync());

        using UdpClient stranger = new(new IPEndPoint(IPAddress.Loopback, 0));
        await stranger.SendAsync(RtpBytes.Make(1, 160, new byte[40]), pair.Right.LocalRtp);
        await stranger.SendAsync(Convert.FromHexString("80C90001CAFEBABE"), pair.Right.LocalRtp);
        Assert.Equal(RtpSendResult.Sent, pair.Left.Send(payload, 320, false, 0));
        Assert.Equal("rtp 0 - 4", await pair.RightSink.NextAsync());
        RtpStatistics right = pair.Right.GetStatistics();
        Assert.Equal((2L, 0L), (right.NotAuthentic, right.ForeignSource));
        Assert.False(right.IsLatched);
    }

    [Fact]
    public async Task Receive_Garbage_IsCountedAndIgnored()
    {
        await using SessionPair pair = new(IPAddress.Loopback, mux: false, 22_400);
        using UdpClient peer = new(new IPEndPoint(IPAddress.Loopback, 0));
        byte[][] garbage =
        [
            Convert.FromHexString("000100002112A442000102030405060708090A0B"), // STUN
            Convert.FromHexString("16FEFD0000000000000000"), // DTLS
            [10], // nothing known
            [0x80, 0], // too short for RTP
            [0x80, 0xC8, 0, 9], // RTCP that runs past its end
            RtpBytes.Make(1, 1, [1], payloadType: 50), // not negotiated
        ];
        foreach (byte[] datagram in garbage)
            peer.Send(datagram, pair.Right.LocalRtp);
        pair.Left.Send([9], 0, false, 0);
        Assert.Equal("rtp 0 - 1", await pair.RightSink.NextAsync());
        RtpStatistics statistics = pair.Right.GetStatistics();
        Assert.Equal((1L, 1L, 3L, 1L), (statistics.Stun, statistics.Dtls, statistics.Malformed, statistics.UnknownPayloadType));
        Assert.Equal(1, statistics.PacketsReceived);
    }

    [Fact]
    public async Task Receive_FromAnotherAddress_LatchesOnceAndFollows()
    {
        await using SessionPair pair = new(IPAddress.Loopback, mux: false, 22_500);
        using UdpClient nat = new(new IPEndPoint(IPAddress.Loopback, 0));
        using UdpClient attacker = new(new IPEndPoint(IPAddress.Loopback, 0));
        for (ushort i = 0; i < 3; i++)
        {
            nat.Send(RtpBytes.Make(i, i * 160u, [7]), pair.Right.LocalRtp);
            Assert.Equal("rtp 0 - 1", await pair.RightSink.NextAsync());
        }

        Assert.True(pair.Right.GetStatistics().IsLatched);
        Assert.Equal(RtpSendResult.Sent, pair.Right.Send([5, 5], 0, false, 0));
        UdpReceiveResult back = await nat.ReceiveAsync().WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(14, back.Buffer.Length);

        for (ushort i = 0; i < 5; i++)
            attacker.Send(RtpBytes.Make(i, i * 160u, [8]), pair.Right.LocalRtp);
        nat.Send(RtpBytes.Make(3, 480, [7, 7]), pair.Right.LocalRtp);
        Assert.Equal("rtp 0 - 2", await pair.RightSink.NextAsync());
        RtpStatistics statistics = pair.Right.GetStatistics();
        Assert.Equal(5, statistics.ForeignSource);
        Assert.Equal((IPEndPoint)nat.Client.LocalEndPoint!, statistics.RemoteRtp);

        // The same SDP again changes nothing; a new address arms anew.
        pair.Right.Configure(SessionPair.Parameters(pair.Left.LocalRtp));
        Assert.True(pair.Right.GetStatistics().IsLatched);
        pair.Right.Configure(SessionPair.Parameters((IPEndPoint)attacker.Client.LocalEndPoint!));
        Assert.False(pair.Right.GetStatistics().IsLatched);
        Assert.Equal((IPEndPoint)attacker.Client.LocalEndPoint!, pair.Right.GetStatistics().RemoteRtp);
    }

    [Fact]
    public async Task Rtcp_AfterRtpLatched_GoesToTheNextPortOfThatHostThenToItsSource()
    {
        await using SessionPair pair = new(IPAddress.Loopback, mux: false, 22_600);
        using UdpClient media = new(new IPEndPoint(IPAddress.Loopback, 22_690));
        using UdpClient guessed = new(new IPEndPoint(IPAddress.Loopback, 22_691));
        using UdpClient real = new(new IPEndPoint(IPAddress.Loopback, 0));
        for (ushort i = 0; i < 3; i++)
        {
            media.Send(RtpBytes.Make(i, i * 160u, [7]), pair.Right.LocalRtp);
            await pair.RightSink.NextAsync();
        }

        pair.TickUntilReport(pair.Right);
        UdpReceiveResult report = await guessed.ReceiveAsync().WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(201, report.Buffer[1]);

        real.Send(Convert.FromHexString("80C90001" + "11223344" + "81CE0002" + "11223344" + "00000000"), new IPEndPoint(IPAddress.Loopback, pair.Right.LocalRtp.Port + 1));
        Assert.Equal("feedback PictureLoss", await pair.RightSink.NextAsync());
        pair.TickUntilReport(pair.Right);
        report = await real.ReceiveAsync().WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(201, report.Buffer[1]);
    }

    [Fact]
    public async Task Configure_Directions_GateBothWays()
    {
        await using SessionPair pair = new(IPAddress.Loopback, mux: false, 22_700);
        pair.Left.Configure(pair.Left.Parameters with { SendRtp = false });
        Assert.Equal(RtpSendResult.Gated, pair.Left.Send([1], 0, false, 0));
        pair.Left.Configure(pair.Left.Parameters with { SendRtp = true });
        pair.Right.Configure(pair.Right.Parameters with { ReceiveRtp = false });
        pair.Left.Send([1], 0, false, 0);
        pair.TickUntilReport(pair.Left); // sent after the packet, but RTCP has its own socket: wait for both counters
        Assert.Equal("sr", await pair.RightSink.NextAsync());
        await WaitForAsync(() => pair.Right.GetStatistics().Gated == 1);
        Assert.NotNull(pair.Right.LastReceived);
        Assert.Empty(pair.RightSink.Payloads);

        pair.Left.Configure(pair.Left.Parameters with { RemoteRtp = new IPEndPoint(IPAddress.Any, 4000) });
        Assert.Equal(RtpSendResult.NoRemote, pair.Left.Send([1], 0, false, 0));
        Assert.Equal(RtpSendResult.TooLong, pair.Left.Send(new byte[1189], 0, false, 0));
    }

    [Fact]
    public async Task Send_RemoteOfAnotherAddressFamily_IsADropNotAnException()
    {
        await using SessionPair pair = new(IPAddress.Loopback, mux: false, 23_300);
        pair.Left.Configure(SessionPair.Parameters(new IPEndPoint(IPAddress.IPv6Loopback, 4000)));
        Assert.Equal(RtpSendResult.Dropped, pair.Left.Send([1], 0, false, 0));
        Assert.Equal(1, pair.Left.GetStatistics().SendDrops);
    }

    [Fact]
    public async Task OnTick_BandwidthZero_SendsNoReportsButStillPli()
    {
        await using SessionPair pair = new(IPAddress.Loopback, mux: true, 23_400);
        pair.Left.Configure(pair.Left.Parameters with { RtcpBandwidthBitsPerSecond = 0 });
        pair.Right.Send([1], 0, false, 0);
        await pair.LeftSink.NextAsync();
        pair.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.False(pair.Left.OnTick(pair.Clock.Now));
        Assert.True(pair.Left.SendPli(pair.Clock.Now));
        Assert.Equal("feedback PictureLoss", await pair.RightSink.NextAsync());
    }

    [Fact]
    public async Task DisposeAsync_Port_RestsInThePool()
    {
        FakeTimeProvider time = new();
        RtpPortPool pool = new(new RtpPortPoolOptions { BindAddress = IPAddress.Loopback, FirstPort = 23_500, LastPort = 23_501 }, time);
        Assert.True(pool.TryRent(out RtpPortLease? lease));
        RtpSession session = new(new RtpSessionOptions { Cname = "a" }, lease, new RecordingSink(), new RtcpClock(time));
        session.Start();
        session.Start();
        await session.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));
        await session.DisposeAsync();
        Assert.False(pool.TryRent(out _));
        time.Advance(TimeSpan.FromSeconds(6));
        Assert.True(pool.TryRent(out lease));
        lease.Dispose();
    }

    [Fact]
    public async Task OnFeedback_FirRepeated_CountsOnce()
    {
        await using SessionPair pair = new(IPAddress.Loopback, mux: true, 22_800);
        using UdpClient peer = new(new IPEndPoint(IPAddress.Loopback, 0));
        byte[] fir = Convert.FromHexString("84CE0004" + "11223344" + "00000000" + "0A0B0C0D" + "07000000");
        byte[] next = Convert.FromHexString("84CE0004" + "11223344" + "00000000" + "0A0B0C0D" + "08000000");
        peer.Send(fir, pair.Right.LocalRtp);
        peer.Send(fir, pair.Right.LocalRtp);
        peer.Send(next, pair.Right.LocalRtp);
        Assert.Equal("feedback FullIntraRequest", await pair.RightSink.NextAsync());
        Assert.Equal("feedback FullIntraRequest", await pair.RightSink.NextAsync());
        Assert.Equal(2, pair.Right.GetStatistics().KeyFrameRequestsReceived);
    }

    [Theory]
    [InlineData("83CD0004" + "11223344" + "00000000", "0803F200", FeedbackKind.TemporaryMaximumBitRate)]
    [InlineData("8FCE0005" + "11223344" + "00000000" + "52454D42" + "010BA490", "", FeedbackKind.ReceiverEstimatedBitRate)]
    [InlineData("8FCE0006" + "11223344" + "00000000" + "52454D42" + "020BA490" + "0A0B0C0D", "", FeedbackKind.ReceiverEstimatedBitRate)]
    public async Task OnFeedback_Limit_IsToldForOurStreamOnly(string before, string after, FeedbackKind kind)
    {
        await using SessionPair pair = new(IPAddress.Loopback, mux: true, 23_600);
        using UdpClient peer = new(new IPEndPoint(IPAddress.Loopback, 0));
        byte[] Of(uint ssrc) => Convert.FromHexString($"{before}{ssrc:X8}{after}");
        peer.Send(Of(pair.Right.GetStatistics().LocalSsrc + 1), pair.Right.LocalRtp);
        peer.Send(Convert.FromHexString("81CE0002" + "11223344" + "00000000"), pair.Right.LocalRtp);
        Assert.Equal("feedback PictureLoss", await pair.RightSink.NextAsync()); // And nothing of the limit of another stream.
        peer.Send(Of(pair.Right.GetStatistics().LocalSsrc), pair.Right.LocalRtp);
        Assert.Equal($"feedback {kind}", await pair.RightSink.NextAsync());
    }

    [Fact]
    public async Task OnRtp_SinkThrows_StreamGoesOn()
    {
        await using SessionPair pair = new(IPAddress.Loopback, mux: false, 22_900);
        pair.RightSink.Throws = true;
        for (int i = 0; i < 3; i++)
        {
            pair.Left.Send([1], 0, false, 0);
            Assert.Equal("rtp 0 - 1", await pair.RightSink.NextAsync());
        }
    }

    [Fact]
    public async Task GetStatistics_LossInSequence_IsReportedToTheSender()
    {
        await using SessionPair pair = new(IPAddress.Loopback, mux: true, 23_000);
        using UdpClient peer = new(new IPEndPoint(IPAddress.Loopback, 0));
        pair.Right.Configure(SessionPair.Parameters((IPEndPoint)peer.Client.LocalEndPoint!, mux: true));
        foreach (ushort sequence in (ushort[])[0, 1, 3])
        {
            peer.Send(RtpBytes.Make(sequence, sequence * 160u, [1]), pair.Right.LocalRtp);
            await pair.RightSink.NextAsync();
        }

        Assert.Equal(1, pair.Right.GetStatistics().PacketsLost);
        pair.TickUntilReport(pair.Right);
        UdpReceiveResult report = await peer.ReceiveAsync().WaitAsync(TimeSpan.FromSeconds(10));
        Assert.True(RtcpReader.TryCreate(report.Buffer, out RtcpReader reader, out _));
        Assert.True(reader.TryReadNext(out RtcpPacketView packet));
        Assert.True(packet.TryGetReportBlock(0, out ReportBlock block));
        Assert.Equal(new ReportBlock(0x11223344, 64, 1, 3, block.Jitter, 0, 0), block);
        Assert.True(reader.TryReadNext(out packet));
        Assert.True(packet.TryGetCname(out _, out ReadOnlySpan<byte> cname));
        Assert.Equal("call@test"u8.ToArray(), cname.ToArray());
    }

    [Fact]
    public async Task SendAndTick_Warm_AllocateNothing()
    {
        await using SessionPair pair = new(IPAddress.Loopback, mux: true, 23_100);
        using Socket sink = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        sink.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        pair.Left.Configure(SessionPair.Parameters((IPEndPoint)sink.LocalEndPoint!, mux: true));
        byte[] payload = new byte[160];
        long now = pair.Clock.Now;
        int reports = 0;
        Assert.Equal(0, AllocationMeter.LeastBytes(() =>
        {
            for (uint i = 0; i < 500; i++)
            {
                now += pair.Time.TimestampFrequency / 50;
                pair.Left.SetMediaTime(i * 160, now);
                pair.Left.Send(payload, i * 160, false, 0);
                reports += pair.Left.OnTick(now) ? 1 : 0;
            }
        }));
        Assert.True(reports >= 4);
    }

    [Fact]
    public async Task Receive_Warm_AllocatesNothing()
    {
        // Datagrams that wait already are read synchronously on this thread, so its counter sees the whole path.
        using Socket receiver = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        receiver.ReceiveBufferSize = 1 << 20;
        receiver.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        receiver.Blocking = false;
        using UdpClient sender = new(new IPEndPoint(IPAddress.Loopback, 0));
        byte[] rtp = RtpBytes.Make(0, 0, new byte[160]);
        byte[] rtcp = Convert.FromHexString("80C90001" + "11223344" + "81CE0002" + "11223344" + "00000000");
        for (ushort i = 0; i < 100; i++)
        {
            new RtpHeader(0, false, i, i * 160u, 5).TryWrite(rtp);
            sender.Send(rtp, (IPEndPoint)receiver.LocalEndPoint!);
            sender.Send(rtcp, (IPEndPoint)receiver.LocalEndPoint!);
        }

        await using SessionPair pair = new(IPAddress.Loopback, mux: true, 23_200);
        RtpSessionOptions options = new() { Cname = "a" };
        RtcpReporter reporter = new(options, 1, pair.Clock, new Random(1));
        RemoteAddresses remote = new(3, 1000);
        remote.Configure(SessionPair.Parameters((IPEndPoint)sender.Client.LocalEndPoint!, mux: true));
        CountingSink counting = new();
        RtpInbound inbound = new(
            new Lock(), counting, pair.Clock, reporter, remote, new SessionKeys(new Lock(), null, _ => { }, 0, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance), 1, 0, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance)
        {
            Parameters = SessionPair.Parameters((IPEndPoint)sender.Client.LocalEndPoint!, mux: true),
        };
        Task loop = new DatagramLoop(receiver, isRtcp: false, inbound).RunAsync();
        receiver.Dispose();
        await loop.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal((100, 100), (counting.Packets, counting.Feedback));
        Assert.Equal(0, counting.AllocatedBetween);
    }

    private static async Task WaitForAsync(Func<bool> condition)
    {
        using CancellationTokenSource guard = new(TimeSpan.FromSeconds(10));
        while (!condition())
        {
            guard.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>Notes this thread's allocations between the 20th and the last packet.</summary>
    private sealed class CountingSink : IRtpSink
    {
        private long _start;

        public int Packets { get; private set; }

        public int Feedback { get; private set; }

        public long AllocatedBetween { get; private set; }

        public void OnRtp(in RtpPacketView packet, long arrivalTimestamp)
        {
            Packets++;
            if (Packets == 20)
                _start = GC.GetAllocatedBytesForCurrentThread();
            AllocatedBetween = GC.GetAllocatedBytesForCurrentThread() - _start;
        }

        public void OnFeedback(in FeedbackMessage feedback) => Feedback++;

        public void OnSenderReport(uint ssrc, in SenderInfo info, long arrivalTimestamp)
        {
        }

        public void OnBye(uint ssrc)
        {
        }
    }
}
