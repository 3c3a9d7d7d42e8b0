using System.Collections.Immutable;
using Avatar2D.Gateway.Diagnostics;
using Avatar2D.Interop.Tests.Harness;
using Avatar2D.Interop.Tests.Sipp;

namespace Avatar2D.Interop.Tests.Media;

/// <summary>What comes in as sound, by third parties: SIPp calls, <see cref="RtpPeer"/> speaks. Each case has its refused counterpart.</summary>
public sealed class CodecTests
{
    private const int NotAgreed = 97;
    private const int NoiseDbov = -35;
    private const int Quiet = -60; // dBov

    private static Task<GatewayUnderTest> StartAsync() => GatewayUnderTest.StartAsync(o => o with { Video = o.Video with { Enabled = false } });

    private static async Task<SippCall> CallAsync(GatewayUnderTest gateway, RtpPeer peer, string formats, string lines = "a=sendrecv", string scenario = "held")
    {
        SippCall call = SippCall.Start(
            gateway.Udp, scenario, ImmutableDictionary<string, string>.Empty.Add("formats", formats).Add("lines", lines), peer.AudioPort);
        await call.AnsweredAsync();
        return call;
    }

    /// <summary>The call has gone on until now; the gateway ends it, and both sides agree on how.</summary>
    private static async Task EndAsync(GatewayUnderTest gateway, SippCall call)
    {
        Assert.Equal(1, gateway.Host.Calls.Count);
        CallDetailRecord record = Assert.Single(await gateway.RecordsAsync());
        await call.GoodAsync();
        Assert.Equal(200, record.SipStatus);
        SipTraceMessage bye = call.Trace.First(m => !m.Sent && m.StartLine.StartsWith("BYE", StringComparison.Ordinal));
        Assert.StartsWith("Q.850;cause=", bye.Header("Reason"), StringComparison.Ordinal); // RFC 6432
        Assert.Empty(gateway.Log.Errors);
    }

    [Fact]
    public async Task Codec_ChangedInMidStream_IsFollowedAmongTheAgreedOnly()
    {
        await using GatewayUnderTest gateway = await StartAsync();
        await using RtpPeer peer = await RtpPeer.StartAsync();
        await using SippCall call = await CallAsync(gateway, peer, "0 8 9", scenario: "held-late");
        string Log() => $"{call.Report}\n{gateway.Log.Text}";
        await peer.SpeakAsync(0, "pcmu", 440);
        await peer.HearsAsync(440, Log);
        await peer.SpeakAsync(8, "pcma", 880);
        await peer.HearsAsync(880, Log);
        await peer.SpeakAsync(9, "g722", 1320);
        await peer.HearsAsync(1320, Log);

        await peer.SpeakAsync(NotAgreed, "pcma", 1760);
        await Until.TrueAsync(() => gateway.Call.Figures.Audio.UnknownPayloadType > 25, "packets of another type", Log);
        await Until.TrueAsync(() => peer.Sound.Dbov < Quiet, "silence", Log);
        Assert.Equal(1, gateway.Host.Calls.Count);

        await peer.SpeakAsync(8, "pcma", 660);
        await peer.HearsAsync(660, Log);
        await EndAsync(gateway, call);
    }

    [Theory]
    [InlineData("0 13", true)]
    [InlineData("0", false)]
    public async Task ComfortNoise_IsHeardWhereItIsAgreed(string formats, bool agreed)
    {
        await using GatewayUnderTest gateway = await StartAsync();
        await using RtpPeer peer = await RtpPeer.StartAsync();
        await using SippCall call = await CallAsync(gateway, peer, formats);
        string Log() => $"{call.Report}\n{gateway.Log.Text}";
        await peer.SpeakAsync(0, "pcmu", 440);
        await peer.HearsAsync(440, Log);
        await peer.NoiseAsync(13, NoiseDbov);
        if (agreed)
        {
            await Until.TrueAsync(() => Math.Abs(peer.Sound.Dbov - NoiseDbov) < 3, "noise as loud as it was sent", () => $"{peer.Report}\n{Log()}");
            Assert.Equal(0, gateway.Call.Figures.Audio.UnknownPayloadType);
        }
        else
        {
            await Until.TrueAsync(
                () => peer.Sound.Dbov < Quiet && gateway.Call.Figures.Audio.UnknownPayloadType > 5, "silence", () => $"{peer.Report}\n{Log()}");
        }

        await peer.SpeakAsync(0, "pcmu", 660);
        await peer.HearsAsync(660, Log);
        await EndAsync(gateway, call);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(20)]
    [InlineData(30)]
    [InlineData(40)]
    [InlineData(60)]
    public async Task PacketTime_WantedByTheFarEnd_IsSent(int ms)
    {
        await using GatewayUnderTest gateway = await StartAsync();
        await using RtpPeer peer = await RtpPeer.StartAsync();
        await using SippCall call = await CallAsync(gateway, peer, "0", $"a=ptime:{ms}");
        await peer.SpeakAsync(0, "pcmu", 440, ms);
        await peer.HearsAsync(440, () => $"{call.Report}\n{gateway.Log.Text}");
        await Until.TrueAsync(() => peer.Sound.Ms == ms, $"packets of {ms} ms", () => peer.Report);
        await EndAsync(gateway, call);
    }

    [Fact]
    public async Task Stream_RestsLeapsAndChangesItsSource_IsHeardAgain()
    {
        await using GatewayUnderTest gateway = await StartAsync();
        await using RtpPeer peer = await RtpPeer.StartAsync();
        await using SippCall call = await CallAsync(gateway, peer, "0");
        string Log() => $"{call.Report}\n{gateway.Log.Text}";
        await peer.SpeakAsync(0, "pcmu", 440);
        await peer.HearsAsync(440, Log);
        await peer.RestAsync(); // As DTX does.
        await Until.TrueAsync(() => peer.Sound.Dbov < Quiet, "silence", Log);
        await peer.SpeakAsync(0, "pcmu", 660, leap: 80_000);
        await peer.HearsAsync(660, Log);
        await peer.SpeakAsync(0, "pcmu", 880, leap: 0xC000_0000); // Back, that is.
        await peer.HearsAsync(880, Log);
        await peer.SpeakAsync(0, "pcmu", 1320, ssrc: 7, leap: 12_345);
        await peer.HearsAsync(1320, Log);
        await EndAsync(gateway, call);
    }
}
