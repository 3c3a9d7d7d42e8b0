using Avatar2D.Gateway.Calls.Machine;
using Avatar2D.Gateway.Calls.Media;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Tests.Calls.Machine;
using Avatar2D.Rtp.Sdp;
using Avatar2D.Sip.Sessions;

namespace Avatar2D.Gateway.Tests.Calls.Media;

public sealed class VideoSetupTests
{
    [Theory]
    [InlineData("", 600_000)]
    [InlineData("b=AS:200\r\n", 200_000)]
    [InlineData("b=AS:2000\r\n", 600_000)]
    public void FormatOf_BandwidthOfThePeer_IsACeiling(string bandwidth, int ceiling)
    {
        VideoFormat format = FormatOf("profile-level-id=42e01f;packetization-mode=1", bandwidth, new VideoOptions());

        Assert.InRange(format.BitrateBps, ceiling / 2, ceiling);
    }

    [Fact]
    public void FormatOf_HandsetLevel12_QvgaAtMost()
    {
        var wish = new VideoOptions { Width = 1280, Height = 720 };
        VideoFormat handset = FormatOf("profile-level-id=42c00c;packetization-mode=1", "", wish);
        VideoFormat browser = FormatOf("profile-level-id=42e01f;packetization-mode=1", "", wish);

        Assert.True(handset.Width * handset.Height <= 352 * 288, $"{handset}");
        Assert.True(handset.BitrateBps <= 384_000, $"{handset}");
        Assert.Equal((1280, 720, 25.0), (browser.Width, browser.Height, browser.FrameRate));
    }

    private static VideoFormat FormatOf(string fmtp, string bandwidth, VideoOptions options)
    {
        var call = new CallDriver();
        call.ToAsked();
        string answer = CallDriver.VideoAnswer(40_000, "recvonly")
            .Replace("profile-level-id=42e01f;packetization-mode=1", fmtp, StringComparison.Ordinal)
            .Replace("a=rtpmap:96", bandwidth + "a=rtpmap:96", StringComparison.Ordinal);
        call.Signal(new SipSessionEvent.ReinviteAnswered(CallDriver.Body(answer)));
        return VideoSetup.FormatOf(call.Single<CallAction.ApplyMedia>().Negotiated.Video!, options);
    }
}
