using System.Buffers.Binary;
using Avatar2D.Rtp.Srtp;
using Avatar2D.Rtp.Tests.Packets;

namespace Avatar2D.Rtp.Tests.Srtp;

/// <summary>Streams through a pair of contexts: wraps, order, repeats, forgery, MKI, allocations.</summary>
public sealed class SrtpStreamTests
{
    public static TheoryData<string> Suites => [.. SrtpSuite.All.Select(suite => suite.Name)];

    [Theory]
    [MemberData(nameof(Suites))]
    public void Stream_AcrossThreeWraps_ReorderedAndWithLosses_IsOpenedOncePerPacket(string suite)
    {
        SrtpKey key = NewKey(suite);
        using SrtpOutbound outbound = new(key);
        using SrtpInbound inbound = new(key);
        Random random = new(5);
        var held = new List<byte[]>();
        int opened = 0;
        int sent = 0;
        for (int sequence = 32_000; sequence < 32_000 + (3 * 65_536); sequence += held.Count == 0 ? 1 + random.Next(500) : 1)
        {
            held.Add(Protect(outbound, RtpBytes.Make((ushort)sequence, (uint)sequence * 160u, [1, 2, 3], ssrc: 7)));
            sent++;
            if (held.Count < 20)
                continue;
            byte[][] shuffled = [.. held.Skip(1)];
            random.Shuffle(shuffled);
            opened += Deliver(inbound, held[0]) + shuffled.Sum(packet => Deliver(inbound, packet));
            held.Clear();
        }

        opened += held.Sum(packet => Deliver(inbound, packet));
        Assert.Equal(sent, opened);

        static int Deliver(SrtpInbound inbound, byte[] packet)
        {
            byte[] again = [.. packet];
            bool taken = inbound.TryOpenRtp(packet, out int length);
            Assert.Equal(taken ? 15 : 0, length);
            Assert.False(inbound.TryOpenRtp(again, out _), "a repeated packet was taken");
            return taken ? 1 : 0;
        }
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public void Open_AnyByteChanged_IsRefusedAndTheStreamGoesOn(string suite)
    {
        SrtpKey key = NewKey(suite);
        using SrtpOutbound outbound = new(key);
        using SrtpInbound inbound = new(key);
        byte[] rtp = Protect(outbound, RtpBytes.Make(10, 160, [1, 2, 3, 4], ssrc: 7));
        byte[] rtcp = ProtectRtcp(outbound, Report(7));
        for (int i = 0; i < rtp.Length; i++)
            Assert.False(inbound.TryOpenRtp(Changed(rtp, i), out _));
        for (int i = 0; i < rtcp.Length; i++)
            Assert.False(inbound.TryOpenRtcp(Changed(rtcp, i), out _));
        for (int length = 0; length < rtp.Length; length++)
            Assert.False(inbound.TryOpenRtp([.. rtp.Take(length)], out _));
        for (int length = 0; length < rtcp.Length; length++)
            Assert.False(inbound.TryOpenRtcp([.. rtcp.Take(length)], out _));
        Assert.False(inbound.TryOpenRtp(RtpBytes.Make(11, 320, new byte[40], ssrc: 7), out _), "a plain packet was taken");

        Assert.True(inbound.TryOpenRtp(rtp, out int opened));
        Assert.Equal(16, opened);
        Assert.True(inbound.TryOpenRtcp(rtcp, out opened));
        Assert.Equal(Report(7).Length, opened);
    }

    [Fact]
    public void Open_WithHeaderExtensionPaddingAndCsrc_OnlyThePayloadWasHidden()
    {
        SrtpKey key = NewKey("AES_CM_128_HMAC_SHA1_80");
        using SrtpOutbound outbound = new(key);
        using SrtpInbound inbound = new(key);
        byte[] plain = Convert.FromHexString("B1000001" + "000000A0" + "00000007" + "00000009" + "BEDE0001" + "10010000" + "0102030402" + "0002");
        byte[] packet = Protect(outbound, plain);
        Assert.Equal(plain[..24], packet[..24]);
        Assert.NotEqual(plain[24..], packet[24..plain.Length]);
        Assert.True(inbound.TryOpenRtp(packet, out int length));
        Assert.Equal(plain, packet[..length]);
    }

    [Theory]
    [InlineData("AES_CM_128_HMAC_SHA1_80", 10)]
    [InlineData("AES_CM_128_HMAC_SHA1_32", 4)]
    [InlineData("AEAD_AES_128_GCM", 0)]
    public void Open_PeerWithKeyIdentifier_ItIsReadOver(string suite, int tagBehind)
    {
        byte[] secret = new byte[SrtpSuite.Find(suite)!.KeyBytes + SrtpSuite.Find(suite)!.SaltBytes];
        Assert.True(SrtpKey.TryCreate(SrtpSuite.Find(suite)!, secret, 0, out SrtpKey? without));
        Assert.True(SrtpKey.TryCreate(SrtpSuite.Find(suite)!, secret, 4, out SrtpKey? with));
        using SrtpOutbound outbound = new(without!);
        using SrtpInbound inbound = new(with!);
        byte[] packet = Protect(outbound, RtpBytes.Make(1, 160, [5, 6], ssrc: 7));
        byte[] identified = [.. packet[..^tagBehind], 0, 0, 0, 1, .. packet[^tagBehind..]];
        Assert.True(inbound.TryOpenRtp(identified, out int length));
        Assert.Equal(14, length);
        byte[] report = ProtectRtcp(outbound, Report(7));
        int behind = SrtpSuite.Find(suite)!.IsAead ? 0 : 10;
        Assert.True(inbound.TryOpenRtcp([.. report[..^behind], 0, 0, 0, 1, .. report[^behind..]], out length));
        Assert.Equal(Report(7).Length, length);
    }

    [Theory]
    [MemberData(nameof(Suites))]
    public void ProtectAndOpen_WhenWarm_AllocateNothing(string suite)
    {
        SrtpKey key = NewKey(suite);
        using SrtpOutbound outbound = new(key);
        using SrtpInbound inbound = new(key);
        byte[] buffer = new byte[1500];
        RtpBytes.Make(0, 160, new byte[1188], ssrc: 7).CopyTo(buffer, 0);
        byte[] report = new byte[64];
        ushort sequence = 0;
        Assert.Equal(0, AllocationMeter.LeastBytes(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                BinaryPrimitives.WriteUInt16BigEndian(buffer.AsSpan(2), sequence++);
                Assert.True(outbound.TryProtectRtp(buffer, 1200, out int length));
                Assert.True(inbound.TryOpenRtp(buffer.AsSpan(0, length), out length));
                Report(report);
                Assert.True(outbound.TryProtectRtcp(report, 28, out length));
                Assert.True(inbound.TryOpenRtcp(report.AsSpan(0, length), out length));
            }
        }));
    }

    [Fact]
    public void Dispose_ThenUse_IsRefused()
    {
        SrtpKey key = NewKey("AEAD_AES_256_GCM");
        SrtpOutbound outbound = new(key);
        SrtpInbound inbound = new(key);
        byte[] packet = Protect(outbound, RtpBytes.Make(1, 160, [5, 6], ssrc: 7));
        outbound.Dispose();
        inbound.Dispose();
        Assert.False(outbound.TryProtectRtp(new byte[100], 20, out _));
        Assert.False(inbound.TryOpenRtp(packet, out _));
    }

    internal static SrtpKey NewKey(string suite)
    {
        SrtpSuite found = SrtpSuite.Find(suite)!;
        byte[] secret = new byte[found.KeyBytes + found.SaltBytes];
        new Random(1).NextBytes(secret);
        Assert.True(SrtpKey.TryCreate(found, secret, 0, out SrtpKey? key));
        return key!;
    }

    private static byte[] Protect(SrtpOutbound outbound, byte[] packet)
    {
        byte[] buffer = [.. packet, .. new byte[SrtpOutbound.MaxGrowthBytes]];
        Assert.True(outbound.TryProtectRtp(buffer, packet.Length, out int length));
        return buffer[..length];
    }

    private static byte[] ProtectRtcp(SrtpOutbound outbound, byte[] packet)
    {
        byte[] buffer = [.. packet, .. new byte[SrtpOutbound.MaxGrowthBytes]];
        Assert.True(outbound.TryProtectRtcp(buffer, packet.Length, out int length));
        return buffer[..length];
    }

    private static byte[] Changed(byte[] packet, int at)
    {
        byte[] changed = [.. packet];
        changed[at] ^= 0x40;
        return changed;
    }

    /// <summary>A sender report without blocks, 28 bytes.</summary>
    private static byte[] Report(byte ssrc)
    {
        byte[] report = new byte[28];
        Report(report);
        report[7] = ssrc;
        return report;
    }

    private static void Report(Span<byte> report)
    {
        report.Clear();
        report[0] = 0x80;
        report[1] = 200;
        report[3] = 6;
    }
}
