using Avatar2D.Gateway.Calls;
using Avatar2D.Gateway.Calls.Machine;
using Avatar2D.Gateway.Options;
using Avatar2D.Rtp.Sdp;

namespace Avatar2D.Gateway.Tests.Calls;

public sealed class CallPlannerTests
{
    [Fact]
    public void Describe_Defaults_AllCodecsAndPortZero()
    {
        SdpSession description = new CallPlanner(new GatewayOptions(), new Random(1)).Describe();

        Assert.Equal(["audio", "video"], description.Media.Select(line => line.Media));
        Assert.All(description.Media, line => Assert.Equal(0, line.Port));
        Assert.Contains(description.Media[0].PayloadFormats(), format => format.Kind == CodecKind.Opus);
        Assert.Contains(description.Media[1].PayloadFormats(), format => format.Kind == CodecKind.H265);
    }

    [Fact]
    public void Make_CodecOrderOfTheSettings_OrderOfTheOffer()
    {
        var options = new GatewayOptions
        {
            Audio = new AudioOptions { Codecs = [AudioCodecChoice.Pcma, AudioCodecChoice.Opus] },
            Video = new VideoOptions { Codecs = [VideoCodecChoice.H265, VideoCodecChoice.H264], OfferProfileLevelId = "42c00c" },
        };
        CallPlan plan = new CallPlanner(options, new Random(1)).Make("192.0.2.1", 20_000, 20_002);
        SdpSession offer = OfferAnswer.CreateOffer(OfferAnswerState.Start(1, "192.0.2.1"), plan.Capabilities, [plan.Audio, plan.Video!]).Sdp;

        Assert.Equal([CodecKind.Pcma, CodecKind.Opus], offer.Media[0].PayloadFormats().Select(f => f.Kind).Take(2));
        Assert.Equal([CodecKind.H265, CodecKind.H264, CodecKind.H264], offer.Media[1].PayloadFormats().Select(f => f.Kind));
        Assert.Contains("profile-level-id=42c00c", offer.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("a=rtcp-fb:96 nack pli", offer.ToString(), StringComparison.Ordinal);
        Assert.Contains("a=rtcp-fb:96 ccm fir", offer.ToString(), StringComparison.Ordinal);
        Assert.Contains("b=AS:660", offer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Make_DelayOfThePicture_WithinItsBounds()
    {
        var planner = new CallPlanner(new GatewayOptions { Video = new VideoOptions { AddDelayMs = 100, AddDelayRandomMs = 50 } }, new Random(1));
        double[] delays = [.. Enumerable.Range(0, 200).Select(_ => planner.Make("192.0.2.1", 2, 4).AddPictureDelay.TotalMilliseconds)];

        Assert.InRange(delays.Min(), 100, 110);
        Assert.InRange(delays.Max(), 140, 150);
    }
}
