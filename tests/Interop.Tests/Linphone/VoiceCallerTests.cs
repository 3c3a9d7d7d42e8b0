using Avatar2D.Gateway.Diagnostics;
using Avatar2D.Interop.Tests.Harness;

namespace Avatar2D.Interop.Tests.Linphone;

/// <summary>linphone as a plain voice caller: it accepts the picture that the gateway adds, and sees the mouth say what it says.</summary>
public sealed class VoiceCallerTests
{
    [Theory]
    [InlineData("PCMU", "pcmu")]
    [InlineData("opus", "opus")]
    public async Task Call_AudioOnly_SeesTheAvatarSpeak(string codec, string name)
    {
        for (int attempt = 1; !await CallAsync(codec, name, isLast: attempt == MouthChecks.Attempts);)
            attempt++;
    }

    private static async Task<bool> CallAsync(string codec, string name, bool isLast)
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync();
        await using var relay = new SipRelay(gateway.Udp, stripVideo: false, tapAudio: true);
        await using LinphonePhone phone = await LinphonePhone.StartAsync(codec);
        await phone.DialAsync($"sip:avatar@{relay.EndPoint}");
        await PictureChecks.FlowsAsync(gateway, relay, phone);
        await PictureChecks.AssertSeesAsync(phone, gateway);
        IReadOnlyList<ShownPicture> seen = await MouthChecks.WatchAsync(phone, relay);
        int watched = relay.Video.Rtp.Count();
        await phone.HangUpAsync();
        await gateway.CallsAsync(0);

        Assert.DoesNotContain("m=video", relay.Messages[0].Body, StringComparison.Ordinal);
        CallDetailRecord record = Assert.Single(await gateway.RecordsAsync());
        Assert.Equal(name, record.AudioCodec, ignoreCase: true);
        Assert.Equal(CallEndReason.RemoteHangup, record.EndReason);
        Assert.StartsWith("Linphonec/", record.UserAgent, StringComparison.Ordinal);
        (int received, int lost) = phone.VideoPackets;
        Assert.Equal(0, lost);
        Assert.InRange(received, watched * 9 / 10, relay.Video.Rtp.Count()); // What waits in its socket at the end is never read.
        Assert.Empty(gateway.Log.Errors);
        return await MouthChecks.AssertSpeaksAsync(TapRecord.Of(relay, name), seen, gateway, phone.Name, name, isLast);
    }
}
