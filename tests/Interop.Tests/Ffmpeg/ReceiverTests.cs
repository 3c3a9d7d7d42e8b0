using Avatar2D.Gateway.Diagnostics;
using Avatar2D.Gateway.Options;
using Avatar2D.Interop.Tests.Harness;
using Avatar2D.Rtp.Srtp;

namespace Avatar2D.Interop.Tests.Ffmpeg;

/// <summary>ffmpeg receives the picture by RTP and decodes every single one without a word.</summary>
public sealed class ReceiverTests
{
    private const int Pictures = 60;

    [Theory]
    [InlineData("H264", 1, "profile-level-id=42e01f;level-asymmetry-allowed=1", "", 512, 512, 25)]
    [InlineData("H264", 0, "profile-level-id=42e01f;level-asymmetry-allowed=1", "", 512, 512, 25)]
    [InlineData("H265", null, "", "", 512, 512, 25)]
    [InlineData("H264", 1, "profile-level-id=42e01f;level-asymmetry-allowed=1", "a=extmap:1 urn:3gpp:video-orientation\r\n", 512, 512, 25)]
    [InlineData("H264", 1, "profile-level-id=42e01f", "b=AS:1500\r\n", 1280, 720, 25)]
    public async Task Stream_AcceptedAsOffered_EveryPictureIsDecoded(
        string codec, int? mode, string fmtp, string attributes, int width, int height, int framesPerSecond)
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync(options => options with
        {
            Video = options.Video with { Width = width, Height = height, FramesPerSecond = framesPerSecond, BitRateKbps = width > 600 ? 1400 : 600 },
        });
        await AssertAllDecodedAsync(gateway, new VideoAnswer(codec, mode, fmtp, attributes), width, height, framesPerSecond);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    public async Task Stream_HandsetOfLevel12_IsSmallAndSlowAsTheLevelWants(int mode)
    {
        // The default of Android's IMS video: 240x320 at 15 pictures a second, level 1.2.
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync(options => options with
        {
            Video = options.Video with { Width = 480, Height = 640, FramesPerSecond = 25 },
        });
        var answer = new VideoAnswer("H264", mode, "profile-level-id=42c00c", "a=framerate:15\r\na=imageattr:* recv [x=240,y=320]\r\n");
        await AssertAllDecodedAsync(gateway, answer, 240, 320, 15);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stream_WithSrtp_OpensWithTheKeyOfTheOfferOnly(bool rightKey)
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync(options => options with { Rtp = options.Rtp with { Srtp = SrtpMode.Required } });
        await using var caller = new ScriptedCaller(SrtpKey.NewInline(SrtpSuite.AesCm80));
        await caller.CallAsync(gateway.Udp);
        string offer = await caller.OfferAsync();
        var answer = new VideoAnswer("H264", 1, "profile-level-id=42e01f;level-asymmetry-allowed=1", "");
        string key = rightKey ? VideoAnswer.KeyOf(offer) : SrtpKey.NewInline(SrtpSuite.AesCm80);
        await using FfmpegReceiver ffmpeg = await FfmpegReceiver.StartAsync(answer, offer, key);
        await caller.AnswerAsync(answer.Section(offer, ffmpeg.Tap.FarPort, SrtpKey.NewInline(SrtpSuite.AesCm80)));
        await Until.TrueAsync(
            () => gateway.Call.Figures.Pictures.FramesSent >= Pictures, $"{Pictures} pictures to be sent", () => gateway.Log.Text);
        await caller.HangUpAsync();
        CallDetailRecord record = Assert.Single(await gateway.RecordsAsync());
        Assert.Empty(gateway.Log.Errors);
        if (!rightKey)
        {
            Assert.False(ffmpeg.HasPictures);
            return;
        }

        Assert.Equal(record.FramesSent, (await ffmpeg.PicturesAsync(record.FramesSent)).Count);
        Assert.Equal("", ffmpeg.Complaints);
    }

    [Fact]
    public async Task Stream_OnePacketLost_IsComplainedAbout()
    {
        // The silence of the other tests means something: ffmpeg does speak up.
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync();
        await using var caller = new ScriptedCaller();
        await caller.CallAsync(gateway.Udp);
        string offer = await caller.OfferAsync();
        var answer = new VideoAnswer("H264", 1, "profile-level-id=42e01f;level-asymmetry-allowed=1", "");
        await using FfmpegReceiver ffmpeg = await FfmpegReceiver.StartAsync(answer, offer);
        int rtp = 0;
        ffmpeg.Tap.Lose = packet => packet.IsRtp && Interlocked.Increment(ref rtp) == 50;
        await caller.AnswerAsync(answer.Section(offer, ffmpeg.Tap.FarPort));
        await Until.TrueAsync(() => gateway.Call.Figures.Pictures.FramesSent >= Pictures, $"{Pictures} pictures to be sent");
        await caller.HangUpAsync();

        await ffmpeg.PicturesAsync(Assert.Single(await gateway.RecordsAsync()).FramesSent);
        Assert.NotEqual("", ffmpeg.Complaints);
    }

    private static async Task AssertAllDecodedAsync(GatewayUnderTest gateway, VideoAnswer answer, int width, int height, int framesPerSecond)
    {
        await using var caller = new ScriptedCaller();
        await caller.CallAsync(gateway.Udp);
        string offer = await caller.OfferAsync();
        await using FfmpegReceiver ffmpeg = await FfmpegReceiver.StartAsync(answer, offer);
        await caller.AnswerAsync(answer.Section(offer, ffmpeg.Tap.FarPort));
        await Until.TrueAsync(
            () => gateway.Call.Figures.Pictures.FramesSent >= Pictures, $"{Pictures} pictures to be sent", () => gateway.Log.Text);
        await caller.HangUpAsync();

        CallDetailRecord record = Assert.Single(await gateway.RecordsAsync());
        IReadOnlyList<int> pictures = await ffmpeg.PicturesAsync(record.FramesSent);
        Assert.Equal("", ffmpeg.Complaints);
        Assert.Equal((width, height, framesPerSecond), (record.VideoWidth, record.VideoHeight, record.VideoFramesPerSecond));
        Assert.Equal(record.FramesSent, pictures.Count);
        Assert.All(pictures, bytes => Assert.Equal(width * height * 3 / 2, bytes));
        Assert.Empty(gateway.Log.Errors);
    }
}
