using System.Net;
using System.Net.Sockets;
using Avatar2D.Rtp.Sessions;
using Microsoft.Extensions.Time.Testing;

namespace Avatar2D.Rtp.Tests.Sessions;

public sealed class RtpPortPoolTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void TryRent_ThenExhausted_TellsSoAndRecoversAfterQuarantine()
    {
        RtpPortPool pool = Pool(21_000, 21_003);
        Assert.Equal(2, pool.Capacity);
        Assert.True(pool.TryRent(out RtpPortLease? first));
        Assert.True(pool.TryRent(out RtpPortLease? second));
        Assert.Equal((0, 0), (first.Port % 2, second.Port % 2));
        Assert.NotEqual(first.Port, second.Port);
        Assert.False(pool.TryRent(out RtpPortLease? third));
        Assert.Null(third);
        Assert.Equal((2, 1L), (pool.InUse, pool.Exhaustions));

        int port = first.Port;
        first.Dispose();
        first.Dispose();
        Assert.Equal(1, pool.InUse);
        Assert.False(pool.TryRent(out _));
        _time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(pool.TryRent(out _));
        _time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.True(pool.TryRent(out third));
        Assert.Equal(port, third.Port);
        second.Dispose();
        third.Dispose();
    }

    [Fact]
    public void TryRent_LongestRested_ComesFirst()
    {
        RtpPortPool pool = Pool(21_010, 21_015);
        List<int> ports = [];
        for (int i = 0; i < 6; i++)
        {
            Assert.True(pool.TryRent(out RtpPortLease? lease));
            ports.Add(lease.Port);
            lease.Dispose();
            _time.Advance(TimeSpan.FromSeconds(6));
        }

        Assert.Equal(3, ports.Take(3).Distinct().Count());
        Assert.Equal(ports.Take(3), ports.Skip(3));
    }

    [Fact]
    public void TryRent_PortHeldByAnother_TakesTheNext()
    {
        using Socket other = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        other.Bind(new IPEndPoint(IPAddress.Loopback, 21_021)); // the RTCP port of the first pair
        RtpPortPool pool = Pool(21_020, 21_023);
        Assert.True(pool.TryRent(out RtpPortLease? lease));
        Assert.Equal(21_022, lease.Port);
        Assert.Equal(1, pool.BindFailures);
        Assert.False(pool.TryRent(out _));
        lease.Dispose();
    }

    [Theory]
    [InlineData(1000, 2000)]
    [InlineData(70_000, 80_000)]
    [InlineData(20_001, 20_002)]
    [InlineData(20_000, 20_000)]
    public void Constructor_NoPairInRange_Throws(int first, int last) => Assert.Throws<ArgumentException>(() => Pool(first, last));

    [Fact]
    public void Constructor_OddFirstPort_IsRoundedUp()
    {
        RtpPortPool pool = Pool(21_031, 21_034);
        Assert.True(pool.TryRent(out RtpPortLease? lease));
        Assert.Equal(21_032, lease.Port);
        lease.Dispose();
    }

    private RtpPortPool Pool(int first, int last) =>
        new(new RtpPortPoolOptions { BindAddress = IPAddress.Loopback, FirstPort = first, LastPort = last }, _time);
}
