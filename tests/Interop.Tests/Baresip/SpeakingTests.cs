using Avatar2D.Interop.Tests.Harness;

namespace Avatar2D.Interop.Tests.Baresip;

/// <summary>baresip sees the mouth say what it says, measured on the pictures that it has decoded.</summary>
public sealed class SpeakingTests
{
    [Theory]
    [InlineData("pcmu", "pcmu")]
    [InlineData("opus/48000/2", "opus")]
    public async Task Call_Speech_IsSeenOnTheLips(string codec, string name)
    {
        for (int attempt = 1; !await CallAsync(codec, name, isLast: attempt == MouthChecks.Attempts);)
            attempt++;
    }

    private static async Task<bool> CallAsync(string codec, string name, bool isLast)
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync();
        await using var relay = new SipRelay(gateway.Udp, stripVideo: true, tapAudio: true);
        await using BaresipPhone phone = await BaresipPhone.StartAsync(new BaresipOptions { AudioCodecs = codec });
        await phone.DialAsync($"sip:avatar@{relay.EndPoint}");
        await PictureChecks.FlowsAsync(gateway, relay, phone);
        IReadOnlyList<ShownPicture> seen = await MouthChecks.WatchAsync(phone, relay);
        await phone.HangUpAsync();
        await gateway.CallsAsync(0);

        return await MouthChecks.AssertSpeaksAsync(TapRecord.Of(relay, name), seen, gateway, phone.Name, name, isLast);
    }
}
