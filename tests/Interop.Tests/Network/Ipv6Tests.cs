using Avatar2D.Codecs.Files;
using Avatar2D.Gateway.Calls.Machine;
using Avatar2D.Gateway.Diagnostics;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Phone;
using Avatar2D.Interop.Tests.Baresip;
using Avatar2D.Interop.Tests.Ffmpeg;
using Avatar2D.Interop.Tests.Harness;
using Avatar2D.Sip.Messages;
using Microsoft.Extensions.Logging.Abstractions;

namespace Avatar2D.Interop.Tests.Network;

/// <summary>Whole calls, SIP and RTP, over IPv6.</summary>
public sealed class Ipv6Tests
{
    [Fact]
    public async Task Picture_WantedAtAnAddressOfAnotherFamily_LogSaysSoOnce()
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync();
        await using var caller = new ScriptedCaller();
        await caller.CallAsync(gateway.Udp);
        string offer = await caller.OfferAsync();
        var answer = new VideoAnswer("H264", 1, "profile-level-id=42e01f", "");
        string video = answer.Section(offer, 40_000);
        int end = video.IndexOf("\r\n", StringComparison.Ordinal) + 2;
        await caller.AnswerAsync(video.Insert(end, "c=IN IP6 ::1\r\n"));
        await Until.TrueAsync(() => gateway.Log.Text.Contains("wants the picture at ::1", StringComparison.Ordinal), "a warning", () => gateway.Log.Text);
        await caller.HangUpAsync();
        await gateway.CallsAsync(0);
        Assert.Single(gateway.Log.Text.Split('\n'), line => line.Contains("Add an address of that family to Rtp:BindAddresses", StringComparison.Ordinal));
        Assert.Empty(gateway.Log.Errors);
    }

    private const string Loopback = "::1";

    [Fact]
    public async Task Call_OwnPhone_SeesThePictureAndHearsItself()
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync(address: Loopback);
        string speech = InstallationFiles.Find("assets/speech.wav") ?? throw new InvalidOperationException("assets/speech.wav is missing.");
        await using var phone = new TestPhone(new TestPhoneOptions { SpeechPath = speech, KeepWire = true }, TimeProvider.System, NullLoggerFactory.Instance);
        Assert.True(SipUri.TryParse($"sip:avatar@[{Loopback}]:{gateway.Udp.Port}", out SipUri? target));
        CallReport report = await phone.CallAsync(target, CancellationToken.None);
        Assert.Equal((200, "local_hangup"), (report.SipStatus, report.EndReason));
        Assert.True(report.FramesReceived > 50, $"{report.FramesReceived} pictures");
        double same = SoundMatch.Of(WavFile.Read(speech).At(8000), phone.Heard!.At(8000)).Correlation; // Kept: KeepWire.
        Assert.True(same > 0.5, $"correlation {same:0.000}");
        Assert.Equal(CallEndReason.RemoteHangup, Assert.Single(await gateway.RecordsAsync()).EndReason);
        Assert.Empty(gateway.Log.Errors);
    }

    [Fact]
    public async Task Call_Baresip_SeesThePicture()
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync(address: Loopback);
        await using BaresipPhone phone = await BaresipPhone.StartAsync(new BaresipOptions { Address = Loopback });
        await phone.DialAsync($"sip:avatar@[{Loopback}]:{gateway.Udp.Port}");
        await Until.TrueAsync(
            () => gateway.Host.Calls.Count == 1 && gateway.Call.Picture == PicturePhase.Up && gateway.Call.Figures.Pictures.FramesSent > 25,
            "the picture to flow", () => $"{phone.Report}\n{gateway.Log.Text}");
        await PictureChecks.AssertSeesAsync(phone, gateway);
        await Until.TrueAsync(() => gateway.Call.Figures.Audio.PacketsReceived > 50, "a second of sound", () => phone.Report);
        Assert.Equal(Loopback, gateway.Call.Figures.Audio.RemoteRtp?.Address.ToString());
        await phone.HangUpAsync();
        await gateway.CallsAsync(0);
        Assert.Empty(gateway.Log.Errors);
    }
}
