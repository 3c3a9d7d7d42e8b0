using Avatar2D.AvatarEngine.Staging;
using Avatar2D.Gateway.Calls.Machine;
using Avatar2D.Media;
using Avatar2D.Rtp.Sdp;

namespace Avatar2D.Interop.Tests.Harness;

/// <summary>What the tests with phones say about the picture.</summary>
internal static class PictureChecks
{
    /// <summary>PSNR in dB of what the phone sees against what was sent, over the lossy coding and the file's colours.</summary>
    private const double SamePicture = 28;

    /// <summary>Waits until a second of pictures has been sent, and looks at the first packet.</summary>
    /// <param name="gateway">Sends.</param>
    /// <param name="relay">Sees the packets.</param>
    /// <param name="phone">Receives.</param>
    /// <param name="encrypted">With SRTP the relay cannot read the first packet; by chance it may look like anything.</param>
    public static async Task FlowsAsync(GatewayUnderTest gateway, SipRelay relay, IPicturePhone phone, bool encrypted = false)
    {
        await Until.TrueAsync(
            () => gateway.Host.Calls.Count == 1 && gateway.Call.Picture == PicturePhase.Up && gateway.Call.Figures.Pictures.FramesSent > 25,
            "the picture to flow",
            () => $"{phone.Report}\n{relay.Report}\n{gateway.Log.Text}");
        TapPacket first = relay.Video.Rtp.First();
        Assert.True(encrypted || gateway.Call.Figures.VideoCodec != CodecKind.H264 || first.HasParameterSets, "The stream begins with parameter sets.");
    }

    /// <summary>The phone shows this character and no other.</summary>
    public static async Task AssertSeesAsync(IPicturePhone phone, GatewayUnderTest gateway)
    {
        I420Frame seen = await phone.SnapshotAsync();
        string avatar = gateway.Options.Avatar.Default;
        using StageLease own = await TestAvatars.LoadAsync(avatar, seen.View.Width, seen.View.Height);
        using StageLease other = await TestAvatars.LoadAsync(TestAvatars.OtherThan(avatar), seen.View.Width, seen.View.Height);
        Assert.Equal((gateway.Options.Video.Width, gateway.Options.Video.Height), (seen.View.Width, seen.View.Height));
        double likeness = PictureQuality.BestPsnr(seen.View, own.Stage);
        double otherness = PictureQuality.BestPsnr(seen.View, other.Stage);
        Assert.True(likeness >= SamePicture, $"{phone.Name} sees {avatar} with {likeness:0.0} dB only");
        Assert.True(otherness < SamePicture, $"the check cannot fail: another character has {otherness:0.0} dB");
    }
}
