using System.Net.Sockets;
using Avatar2D.Gateway.Calls.Media;
using Avatar2D.Rtp.Sdp;
using Avatar2D.Rtp.Sessions;
using Microsoft.Extensions.Logging.Abstractions;

namespace Avatar2D.Gateway.Tests.Calls.Media;

/// <summary>What SDP says of a line reaches its RTP session.</summary>
public sealed class RtpParametersTests
{
    [Theory]
    [InlineData(null, null, null)]
    [InlineData(600, 2000, 2600)]
    [InlineData(0, 0, 0)]
    [InlineData(0, null, 2400)] // Three quarters of 3,200.
    [InlineData(null, 0, 800)]
    [InlineData(int.MaxValue, int.MaxValue, int.MaxValue)]
    public async Task OfAsync_BandwidthOfRtcp_IsThatOfRsAndRr(int? senders, int? receivers, int? wanted)
    {
        var line = new NegotiatedMedia
        {
            Index = 0, Kind = MediaKind.Audio, Direction = MediaDirection.SendRecv, RtcpSendersBps = senders, RtcpReceiversBps = receivers,
        };
        RtpSessionParameters parameters = await RtpParameters.OfAsync(line, AddressFamily.InterNetwork, TimeProvider.System, NullLogger.Instance);
        Assert.Equal(wanted, parameters.RtcpBandwidthBitsPerSecond);
    }
}
