using System.Text.RegularExpressions;
using Avatar2D.Gateway.Diagnostics;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Phone;
using Avatar2D.Interop.Tests.Baresip;
using Avatar2D.Interop.Tests.Harness;
using Avatar2D.Sip.Messages;
using Microsoft.Extensions.Logging.Abstractions;

namespace Avatar2D.Interop.Tests.Network;

/// <summary>DTLS-SRTP and ICE-lite with third parties: aiortc as a WebRTC softphone, baresip with its DTLS.</summary>
public sealed partial class WebRtcTests
{
    private static Task<GatewayUnderTest> StartAsync(SrtpMode mode) =>
        GatewayUnderTest.StartAsync(o => o with { Rtp = o.Rtp with { Srtp = mode } });

    [Fact]
    public async Task Call_WebRtc_SeesThePictureOverIceAndDtls()
    {
        await using GatewayUnderTest gateway = await StartAsync(SrtpMode.Required);
        await using WebRtcPhone phone = await WebRtcPhone.StartAsync();
        await phone.DialAsync($"sip:avatar@{gateway.Udp}");
        Assert.Contains("a=ice-lite", phone.Answer, StringComparison.Ordinal);
        Assert.Contains("a=setup:passive", phone.Answer, StringComparison.Ordinal);
        Assert.DoesNotContain("a=crypto", phone.Answer, StringComparison.Ordinal);
        await Until.TrueAsync(() => phone.Pictures > 25 && phone.Sounds > 50, "pictures and sound", () => $"{phone.Report}\n{phone.Answer}\n{gateway.Log.Text}");
        await PictureChecks.AssertSeesAsync(phone, gateway);
        Assert.True(gateway.Call.Figures.Audio.PacketsReceived > 50, "aiortc is heard");
        Assert.True(gateway.Call.Figures.Audio.Stun > 0 && gateway.Call.Figures.Audio.Dtls > 0, "checks and handshake came");
        await phone.HangUpAsync();
        await gateway.CallsAsync(0);
        Assert.Equal(CallEndReason.RemoteHangup, Assert.Single(await gateway.RecordsAsync()).EndReason);
        Assert.Empty(gateway.Log.Errors);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Call_WebRtcThatLosesPackets_GetsThemAgainByRtxWhereItIsAgreed(bool agreed)
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync(
            o => o with { Rtp = o.Rtp with { Srtp = SrtpMode.Required, Retransmission = agreed } });
        await using WebRtcPhone phone = await WebRtcPhone.StartAsync(loseOneOf: 29);
        await phone.DialAsync($"sip:avatar@{gateway.Udp}");
        Assert.Contains(" rtx/90000", phone.Offer, StringComparison.Ordinal);
        Assert.Equal(agreed, phone.Answer.Contains(" rtx/90000", StringComparison.Ordinal));
        Assert.Equal(agreed, phone.Answer.Contains("a=ssrc-group:FID ", StringComparison.Ordinal));
        await Until.TrueAsync(
            () => phone.Pictures > 50 && phone.Lost > 5 && (phone.Retransmitted > 5 || !agreed) && gateway.Call.Figures.Video?.PacketsRepeated > 5,
            "lost packets and their return", () => $"{phone.Report}\n{gateway.Log.Text}");
        await PictureChecks.AssertSeesAsync(phone, gateway);
        Assert.Equal(agreed, phone.Retransmitted > 0);
        await phone.HangUpAsync();
        await gateway.CallsAsync(0);
        Assert.Empty(gateway.Log.Errors);
    }

    [Fact]
    public async Task Call_WebRtcWithAnotherCertificateThanItsSdpNames_GetsNoMedia()
    {
        await using GatewayUnderTest gateway = await StartAsync(SrtpMode.Optional);
        await using WebRtcPhone phone = await WebRtcPhone.StartAsync();
        string forged = Fingerprint().Replace(phone.Offer, "sha-256 " + string.Join(':', Enumerable.Repeat("00", 32)));
        Assert.Equal(200, await phone.CallAsync(SipUri.Parse($"sip:avatar@{gateway.Udp}"), forged));
        await Until.TrueAsync(
            () => gateway.Log.Text.Contains("DTLS handshake failed", StringComparison.Ordinal), "a failed handshake", () => $"{phone.Report}\n{gateway.Log.Text}");
        Assert.Equal(0, gateway.Call.Figures.Audio.PacketsSent);
        Assert.Equal((0, 0), (phone.Pictures, phone.Sounds));
        await phone.HangUpAsync();
    }

    [Fact]
    public async Task Call_WebRtcWhereSrtpIsOff_IsRefusedWith488()
    {
        await using GatewayUnderTest gateway = await StartAsync(SrtpMode.Off);
        await using WebRtcPhone phone = await WebRtcPhone.StartAsync();
        Assert.Equal(488, await phone.CallAsync(SipUri.Parse($"sip:avatar@{gateway.Udp}"), phone.Offer));
    }

    [Fact]
    public async Task Call_BaresipWithDtls_PictureAndSoundAreEncrypted()
    {
        await using GatewayUnderTest gateway = await StartAsync(SrtpMode.Required);
        await using var relay = new SipRelay(gateway.Udp, stripVideo: true);
        await using BaresipPhone phone = await BaresipPhone.StartAsync(new BaresipOptions { MediaEncryption = "dtls_srtp", RtcpMux = true });
        await phone.DialAsync($"sip:avatar@{relay.EndPoint}");
        await PictureChecks.FlowsAsync(gateway, relay, phone, encrypted: true);
        await PictureChecks.AssertSeesAsync(phone, gateway);
        await Until.TrueAsync(() => gateway.Call.Figures.Audio.PacketsReceived > 50, "a second of sound", () => phone.Report);
        Assert.Contains("UDP/TLS/RTP/SAVP", relay.Messages.First(message => message.FromGateway && message.IsReinvite).VideoSection, StringComparison.Ordinal);
        await phone.HangUpAsync();
        await gateway.CallsAsync(0);
        Assert.Empty(gateway.Log.Errors);
    }

    [Fact]
    public async Task Call_OwnPhoneWithDtls_SeesThePicture()
    {
        await using GatewayUnderTest gateway = await StartAsync(SrtpMode.Required);
        await using var phone = new TestPhone(new TestPhoneOptions { Dtls = true, Duration = TimeSpan.FromSeconds(8) }, TimeProvider.System, NullLoggerFactory.Instance);
        CallReport report = await phone.CallAsync(SipUri.Parse($"sip:avatar@{gateway.Udp}"), CancellationToken.None);
        Assert.Equal((200, "local_hangup"), (report.SipStatus, report.EndReason));
        Assert.True(report.FramesReceived > 5, $"{report.FramesReceived} pictures\n{gateway.Log.Text}");
        Assert.Empty(gateway.Log.Errors);
    }

    [GeneratedRegex(@"(?<=a=fingerprint:)sha-256 [0-9A-F:]+")]
    private static partial Regex Fingerprint();
}
