using System.Globalization;
using Avatar2D.Codecs.Files;
using Avatar2D.Gateway.Diagnostics;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Phone;
using Avatar2D.Interop.Tests.Harness;
using Avatar2D.Sip.Messages;
using Microsoft.Extensions.Logging.Abstractions;

namespace Avatar2D.Interop.Tests.Network;

/// <summary>Calls over a network that loses, delays, reorders and doubles, drawn by a seed.</summary>
public sealed class RoughNetworkTests(ITestOutputHelper output)
{
    private const int Seed = 2026;

    /// <summary>One second of media time, 90 kHz.</summary>
    private const uint SecondOfVideo = 90_000;

    private static string Speech => InstallationFiles.Find("assets/speech.wav") ?? throw new InvalidOperationException("assets/speech.wav is missing.");

    [Theory]
    [InlineData(AudioCodecChoice.Pcmu, 1)]
    [InlineData(AudioCodecChoice.Pcmu, 5)]
    [InlineData(AudioCodecChoice.Pcmu, 10)]
    [InlineData(AudioCodecChoice.Opus, 1)]
    [InlineData(AudioCodecChoice.Opus, 5)]
    [InlineData(AudioCodecChoice.Opus, 10)]
    public async Task Call_OverARoughNetwork_StaysIntelligibleAndKeepsItsPicture(AudioCodecChoice codec, int lossPercent)
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync();
        await using var relay = new SipRelay(gateway.Udp, stripVideo: false, tapAudio: true);
        await using var network = new RoughNetwork(Seed, lossPercent / 100.0);
        network.Join(relay.Audio);
        network.Join(relay.Video);
        (CallReport report, PcmClip heard) = await CallAsync(relay, new TestPhoneOptions { Codec = codec, SpeechPath = Speech, KeepWire = true });

        Assert.Equal(200, report.SipStatus);
        Assert.Equal("local_hangup", report.EndReason);
        PcmClip said = WavFile.Read(Speech).At(8000);
        double same = SoundMatch.Of(said, heard.At(8000)).Correlation;
        double other = SoundMatch.Of(said with { Samples = said.Samples.ToArray().Reverse().ToArray() }, heard.At(8000)).Correlation;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{codec} {lossPercent} %: correlation {same:0.000} (backwards {other:0.000}), audio loss {report.AudioLossPercent:0.0} %, video loss {report.VideoLossPercent:0.0} %, {report.FramesReceived} pictures, {network.Report}"));
        Assert.True(network.Lost > 0 && network.Overtaken > 0 && network.Copies > 0, $"the network was not rough: {network.Report}");
        Assert.True(same >= 0.5 && same > other + 0.2, $"the speech comes back with a correlation of {same:0.000}, backwards {other:0.000}");
        Assert.True(report.FramesReceived > 20, $"{report.FramesReceived} whole pictures came");
        CallDetailRecord record = Assert.Single(await gateway.RecordsAsync());
        Assert.Equal(CallEndReason.RemoteHangup, record.EndReason);
        Assert.Equal("H264", record.VideoCodec);
        Assert.Empty(gateway.Log.Errors);
    }

    [Fact]
    public async Task Burst_InThePicture_RecoversWithinASecondOfMediaTime()
    {
        // No key frame comes by itself: the recovery is an answer.
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync(options => options with
        {
            Video = options.Video with { KeyFrameIntervalSeconds = 300, EarlyKeyFrameSeconds = 0 },
        });
        await using var relay = new SipRelay(gateway.Udp, stripVideo: false);
        await using var network = new RoughNetwork(Seed, loss: 0);
        network.Join(relay.Video);
        uint? first = null;
        uint lastLost = 0;
        relay.Video.Lose = packet =>
        {
            if (!packet.FromGateway || !packet.IsRtp)
                return false;
            first ??= packet.MediaTime;
            uint since = packet.MediaTime - first.Value;
            if (since is < 2 * SecondOfVideo or > 2 * SecondOfVideo + (SecondOfVideo / 2))
                return false;
            lastLost = packet.MediaTime;
            return true; // Half a second of pictures.
        };
        (CallReport report, _) = await CallAsync(relay, new TestPhoneOptions { Duration = TimeSpan.FromSeconds(7), KeepWire = true });
        Assert.Equal("local_hangup", report.EndReason);
        Assert.NotEqual(0u, lastLost);
        TapPacket recovery = Assert.IsType<TapPacket>(relay.Video.Rtp.FirstOrDefault(packet => packet.HasIdr && (int)(packet.MediaTime - lastLost) > 0));
        uint ticks = recovery.MediaTime - lastLost;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"burst of 500 ms: key frame {ticks / 90.0:0} ms of media time after it; {report.FramesReceived} pictures"));
        Assert.InRange(ticks, 1u, SecondOfVideo);
        Assert.Equal(CallEndReason.RemoteHangup, Assert.Single(await gateway.RecordsAsync()).EndReason);
    }

    private static async Task<(CallReport Report, PcmClip Heard)> CallAsync(SipRelay relay, TestPhoneOptions options)
    {
        await using var phone = new TestPhone(options, TimeProvider.System, NullLoggerFactory.Instance);
        Assert.True(SipUri.TryParse($"sip:avatar@{relay.EndPoint}", out SipUri? target));
        CallReport report = await phone.CallAsync(target, CancellationToken.None);
        return (report, phone.Heard ?? throw new InvalidOperationException("Nothing was heard."));
    }
}
