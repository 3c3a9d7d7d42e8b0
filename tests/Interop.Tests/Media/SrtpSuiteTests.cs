using System.Collections.Immutable;
using System.Security.Cryptography;
using Avatar2D.Gateway.Options;
using Avatar2D.Interop.Tests.Harness;
using Avatar2D.Interop.Tests.Sipp;

namespace Avatar2D.Interop.Tests.Media;

/// <summary>The suites of RFC 3711 and RFC 7714 with libsrtp at the other end; keys in SIPp's SDP (RFC 4568).</summary>
public sealed class SrtpSuiteTests
{
    private static Task<GatewayUnderTest> StartAsync() => GatewayUnderTest.StartAsync(o => o with
    {
        Video = o.Video with { Enabled = false },
        Rtp = o.Rtp with { Srtp = SrtpMode.Required },
    });

    private static string NewKey(int bytes) => Convert.ToBase64String(RandomNumberGenerator.GetBytes(bytes));

    private static ImmutableDictionary<string, string> Offer(string suite, string key) => ImmutableDictionary<string, string>.Empty
        .Add("profile", "RTP/SAVP").Add("lines", $"a=crypto:1 {suite} inline:{key}");

    [Theory]
    [InlineData("AES_CM_128_HMAC_SHA1_80", "AES128_CM_SHA1_80", 30)]
    [InlineData("AES_CM_128_HMAC_SHA1_32", "AES128_CM_SHA1_32", 30)]
    [InlineData("AEAD_AES_128_GCM", "AEAD_AES_128_GCM", 28)]
    [InlineData("AEAD_AES_256_GCM", "AEAD_AES_256_GCM", 44)]
    public async Task Call_WithASuite_IsHeardWithItsKeyOnly(string suite, string profile, int keyBytes)
    {
        await using GatewayUnderTest gateway = await StartAsync();
        await using RtpPeer peer = await RtpPeer.StartAsync();
        string key = NewKey(keyBytes);
        await using SippCall call = SippCall.Start(gateway.Udp, "held", Offer(suite, key), peer.AudioPort);
        string crypto = (await call.AnsweredAsync()).SdpLines($"a=crypto:1 {suite} inline:").Single();
        string theirs = crypto.Split('|')[0];
        string Log() => $"{peer.Report}\n{call.Report}\n{gateway.Log.Text}";

        await peer.UseKeysAsync(profile, NewKey(keyBytes), NewKey(keyBytes));
        await peer.SpeakAsync(0, "pcmu", 440);
        await Until.TrueAsync(
            () => gateway.Call.Figures.Audio.NotAuthentic > 20 && peer.Sound.Refused > 20, "packets that nobody can open", Log);
        Assert.Equal(0, gateway.Call.Figures.Audio.PacketsReceived);

        await peer.UseKeysAsync(profile, key, theirs);
        await peer.HearsAsync(440, Log);
        Assert.Single(await gateway.RecordsAsync());
        await call.GoodAsync();
        Assert.Empty(gateway.Log.Errors);
    }

    [Fact]
    public async Task Call_WithASuiteThatIsNotOurs_IsRefusedWith488()
    {
        await using GatewayUnderTest gateway = await StartAsync();
        await using SippCall call = SippCall.Start(
            gateway.Udp, "refused-sound", Offer("F8_128_HMAC_SHA1_80", NewKey(30)).Add("status", "488"), 9);
        await call.GoodAsync();
        Assert.Equal(0, gateway.Host.Calls.Count);
    }
}
