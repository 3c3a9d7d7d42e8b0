using Avatar2D.Gateway.Diagnostics;
using Avatar2D.Gateway.Options;
using Avatar2D.Interop.Tests.Harness;

namespace Avatar2D.Interop.Tests.Baresip;

/// <summary>baresip with its SRTP: keys on RTP/SAVP and on RTP/AVP (RFC 8643), and where the two sides do not agree.</summary>
public sealed class SrtpCallerTests
{
    [Theory]
    [InlineData("srtp-mand", SrtpMode.Required, "RTP/SAVP")]
    [InlineData("srtp-mand", SrtpMode.Optional, "RTP/SAVP")]
    [InlineData("srtp", SrtpMode.Required, "RTP/AVP")]
    public async Task Call_WithKeys_PictureAndSoundAreEncrypted(string encryption, SrtpMode mode, string transport)
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync(options => options with { Rtp = options.Rtp with { Srtp = mode } });
        await using var relay = new SipRelay(gateway.Udp, stripVideo: true);
        await using BaresipPhone phone = await BaresipPhone.StartAsync(new BaresipOptions { MediaEncryption = encryption });
        await phone.DialAsync($"sip:avatar@{relay.EndPoint}");
        await PictureChecks.FlowsAsync(gateway, relay, phone, encrypted: true);
        await PictureChecks.AssertSeesAsync(phone, gateway);
        await Until.TrueAsync(() => gateway.Call.Figures.Audio.PacketsReceived > 50, "a second of sound", () => phone.Report);
        Assert.InRange(gateway.Call.Figures.Audio.NotAuthentic, 0, 1); // One of baresip's comes before its keys are in place.
        Assert.True(gateway.Call.Figures.Video?.RtcpReceived > 0, "baresip's SRTCP was opened");
        Assert.Contains("m=video", relay.Messages.First(message => message.FromGateway && message.IsReinvite).Body, StringComparison.Ordinal);
        foreach (RelayedMessage message in relay.Messages.Where(message => message.Body.Contains("m=audio", StringComparison.Ordinal)))
        {
            string[] lines = [.. message.Body.Split("m=").Skip(1).Where(line => !line.Contains(" 0 ", StringComparison.Ordinal))];
            Assert.All(lines, line => Assert.Contains($"{transport} ", line, StringComparison.Ordinal));
            Assert.All(lines, line => Assert.Contains("a=crypto:", line, StringComparison.Ordinal));
        }

        await phone.HangUpAsync();
        await gateway.CallsAsync(0);
        Assert.Equal(CallEndReason.RemoteHangup, Assert.Single(await gateway.RecordsAsync()).EndReason);
        Assert.Empty(gateway.Log.Errors);
    }

    [Theory]
    [InlineData("srtp-mand", SrtpMode.Off)]
    [InlineData(null, SrtpMode.Required)]
    public async Task Call_WhereTheSidesDoNotAgree_IsRefusedWith488(string? encryption, SrtpMode mode)
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync(options => options with { Rtp = options.Rtp with { Srtp = mode } });
        await using var relay = new SipRelay(gateway.Udp, stripVideo: true);
        await using BaresipPhone phone = await BaresipPhone.StartAsync(new BaresipOptions { MediaEncryption = encryption });
        await phone.CommandAsync("dial", $"sip:avatar@{relay.EndPoint}");
        await relay.SeenAsync(message => message.FromGateway && message.IsResponse(488, "INVITE"), "the gateway's 488");
        await gateway.CallsAsync(0);
        Assert.Empty(gateway.Log.Errors);
    }
}
