using Avatar2D.Codecs.Files;
using Avatar2D.Gateway.Diagnostics;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Phone;
using Avatar2D.Interop.Tests.Harness;

namespace Avatar2D.Interop.Tests.Baresip;

/// <summary>baresip as a plain voice caller: the gateway adds the picture by re-INVITE.</summary>
public sealed class VoiceCallerTests
{
    [Theory]
    [InlineData("pcmu", "PCMU")]
    [InlineData("pcma", "PCMA")]
    [InlineData("opus/48000/2", "opus")]
    [InlineData("G722/16000", "G722")]
    [InlineData("AMR", "AMR")]
    [InlineData("AMR-WB/16000", "AMR-WB")]
    public async Task Call_AudioOnly_SeesThePictureAndHearsItself(string codec, string name)
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync();
        await using var relay = new SipRelay(gateway.Udp, stripVideo: true);
        await using BaresipPhone phone = await BaresipPhone.StartAsync(new BaresipOptions { AudioCodecs = codec });
        await phone.DialAsync($"sip:avatar@{relay.EndPoint}");
        await PictureChecks.FlowsAsync(gateway, relay, phone);
        await PictureChecks.AssertSeesAsync(phone, gateway);

        // Five seconds of speech make the comparison of sounds.
        await Until.TrueAsync(() => gateway.Call.Figures.Audio.PacketsReceived > 300, "6 s of sound", () => phone.Report);
        await phone.HangUpAsync();
        await gateway.CallsAsync(0);

        (PcmClip sent, PcmClip heard) = await phone.SoundsAsync();

        // Two jitter buffers move within a busy second, so the wave forms part there; another sound is far below all the same.
        PcmClip said = Part(sent.At(8000), 1, 4); // All speech that G.711 keeps.
        double same = SoundMatch.Of(said, heard.At(8000)).Correlation;
        double other = SoundMatch.Of(said with { Samples = said.Samples.ToArray().Reverse().ToArray() }, heard.At(8000)).Correlation;
        Assert.True(same >= 0.5 && same > other + 0.2, $"the sound comes back with a correlation of {same:0.000}, backwards {other:0.000}");
        RelayedMessage invite = relay.Messages[0];
        Assert.Contains("m=video", invite.Body, StringComparison.Ordinal); // The relay had something to take away.
        Assert.Single(relay.Messages.Where(message => message.FromGateway && message.IsReinvite).DistinctBy(message => message.Header("CSeq")));
        CallDetailRecord record = Assert.Single(await gateway.RecordsAsync());
        Assert.Equal(name, record.AudioCodec, ignoreCase: true);
        Assert.Equal("H264", record.VideoCodec);
        Assert.Equal(CallEndReason.RemoteHangup, record.EndReason);
        Assert.Empty(gateway.Log.Errors);
    }

    [Fact]
    public async Task Call_CodecThatIsSwitchedOff_IsRefusedWith488()
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync(
            o => o with { Audio = o.Audio with { Codecs = [AudioCodecChoice.Opus, AudioCodecChoice.Pcma] } });
        await using var relay = new SipRelay(gateway.Udp, stripVideo: true);
        await using BaresipPhone phone = await BaresipPhone.StartAsync(new BaresipOptions { AudioCodecs = "G722/16000" });
        await phone.CommandAsync("dial", $"sip:avatar@{relay.EndPoint}");
        await relay.SeenAsync(message => message.FromGateway && message.IsResponse(488, "INVITE"), "the gateway's 488");
        await gateway.CallsAsync(0);
        Assert.Equal(CallEndReason.NoCommonCodec, Assert.Single(await gateway.RecordsAsync()).EndReason);
        Assert.Empty(gateway.Log.Errors);
    }

    [Fact]
    public async Task Call_H265Only_SeesThePicture()
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync();
        await using var relay = new SipRelay(gateway.Udp, stripVideo: true);
        await using BaresipPhone phone = await BaresipPhone.StartAsync(new BaresipOptions { VideoCodecs = "H265" });
        await phone.DialAsync($"sip:avatar@{relay.EndPoint}");
        await PictureChecks.FlowsAsync(gateway, relay, phone);
        await PictureChecks.AssertSeesAsync(phone, gateway);
        await phone.HangUpAsync();
        await gateway.CallsAsync(0);
        Assert.Equal("H265", Assert.Single(await gateway.RecordsAsync()).VideoCodec);
    }

    [Fact]
    public async Task Loss_InTheVideo_PliBringsAnIdrAtOnce()
    {
        // No key frame comes by itself: every IDR after the first is an answer.
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync(options => options with
        {
            Video = options.Video with { KeyFrameIntervalSeconds = 300, EarlyKeyFrameSeconds = 0, KeyFrameRequestIntervalMs = 100 },
        });
        await using var relay = new SipRelay(gateway.Udp, stripVideo: true);
        await using BaresipPhone phone = await BaresipPhone.StartAsync(new BaresipOptions());
        await phone.DialAsync($"sip:avatar@{relay.EndPoint}");
        await PictureChecks.FlowsAsync(gateway, relay, phone);
        await PictureChecks.AssertSeesAsync(phone, gateway);
        int requests = relay.Video.KeyFrameRequests;
        int idrs = relay.Video.IdrPictures;

        int left = 2;
        relay.Video.Lose = packet => packet.FromGateway && packet.IsRtp && !packet.HasIdr && Interlocked.Decrement(ref left) >= 0;
        await Until.TrueAsync(() => relay.Video.KeyFrameRequests > requests, "baresip's PLI after loss", () => phone.Report);
        await Until.TrueAsync(() => relay.Video.IdrPictures > idrs, "an IDR after the PLI", () => gateway.Log.Text);

        Assert.InRange(PicturesUntilIdr(relay.Video.Packets, requests), 0, 3);
        Assert.True(gateway.Call.Figures.Video?.KeyFrameRequestsReceived > requests);
        await PictureChecks.AssertSeesAsync(phone, gateway);
        await phone.HangUpAsync();
        await gateway.CallsAsync(0);
    }

    /// <summary>Pictures without IDR between a request (the first after <paramref name="earlier"/> ones) and the IDR that follows it.</summary>
    private static int PicturesUntilIdr(IReadOnlyList<TapPacket> packets, int earlier)
    {
        List<TapPacket> after = [.. packets.SkipWhile(packet => !(!packet.FromGateway && packet.AsksForKeyFrame && earlier-- == 0))];
        uint idr = after.First(packet => packet.FromGateway && packet.HasIdr).MediaTime;
        return after.Where(packet => packet.FromGateway && packet.IsRtp).TakeWhile(packet => packet.MediaTime != idr)
            .Select(packet => packet.MediaTime).Distinct().Count();
    }

    private static PcmClip Part(PcmClip clip, double fromSeconds, double seconds)
    {
        int start = (int)(fromSeconds * clip.SampleRateHz);
        return clip with { Samples = clip.Samples.Slice(start, (int)(seconds * clip.SampleRateHz)) };
    }
}
