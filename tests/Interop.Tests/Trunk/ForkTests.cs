using System.Collections.Immutable;
using System.Net;
using Avatar2D.Gateway.Phone;
using Avatar2D.Interop.Tests.Harness;
using Avatar2D.Interop.Tests.Sipp;
using Avatar2D.Sip.Messages;
using Microsoft.Extensions.Logging.Abstractions;

namespace Avatar2D.Interop.Tests.Trunk;

/// <summary>Kamailio sends one call to several places (RFC 3261 §16.6), to us among them, or for us as the caller; SIPp is at the others.</summary>
public sealed class ForkTests
{
    private static IPEndPoint Place() => new(IPAddress.Loopback, FreePorts.One());

    private static ImmutableDictionary<string, string> Values(string key, string value) => ImmutableDictionary<string, string>.Empty.Add(key, value);

    private static async Task<CallReport> CallAsync(Kamailio pbx)
    {
        await using var phone = new TestPhone(
            new TestPhoneOptions { AcceptVideo = false, Duration = TimeSpan.FromSeconds(1) }, TimeProvider.System, NullLoggerFactory.Instance);
        return await phone.CallAsync(SipUri.Parse($"sip:both@{pbx.Address}"), CancellationToken.None).WaitAsync(Until.Patience);
    }

    [Fact]
    public async Task OwnCall_WithTwoEarlyDialogs_GoesOnWithTheOneThatAnswers()
    {
        IPEndPoint[] places = [Place(), Place()];
        await using SippCall rings = await SippCall.ListenAsync(places[0], "fork-canceled", Values("tag", "first"));
        await using SippCall answers = await SippCall.ListenAsync(places[1], "fork", Values("tag", "second"));
        await using Kamailio pbx = await Kamailio.StartAsync("MD5", places);
        CallReport report = await CallAsync(pbx);
        Assert.True(report.SipStatus == 200, $"{report}\n{pbx.Log}\n{rings.Report}\n{answers.Report}");
        Assert.Equal("local_hangup", report.EndReason);
        await answers.GoodAsync();
        await rings.GoodAsync();
    }

    [Fact]
    public async Task OwnCall_ThatBothRefuse_IsOver()
    {
        IPEndPoint[] places = [Place(), Place()];
        await using SippCall first = await SippCall.ListenAsync(places[0], "fork-busy", Values("tag", "first"));
        await using SippCall second = await SippCall.ListenAsync(places[1], "fork-busy", Values("tag", "second"));
        await using Kamailio pbx = await Kamailio.StartAsync("MD5", places);
        CallReport report = await CallAsync(pbx);
        Assert.True(report.SipStatus == 486, $"{report}\n{pbx.Log}\n{first.Report}\n{second.Report}");
        await first.GoodAsync();
        await second.GoodAsync();
    }

    [Fact]
    public async Task Call_ThatComesToUsTwice_IsTakenOnceAnd482TheOtherTime()
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync(o => o with { Video = o.Video with { Enabled = false } });
        await using Kamailio pbx = await Kamailio.StartAsync("MD5", [gateway.Udp, gateway.Udp]);
        await using ExternalProcess sipp = Load.SippCallers.Start("routed", pbx.Address, calls: 1, perSecond: 1, holdMs: 100, user: "both");
        Assert.True(await sipp.EndedAsync() == 0, $"{sipp.Report}\n{gateway.Log.Text}\n{pbx.Log}");
        await Until.TrueAsync(() => pbx.Log.Contains("answered 482", StringComparison.Ordinal), "482", () => pbx.Log);
        Assert.Contains("answered 200", pbx.Log, StringComparison.Ordinal);
        Assert.Single(await gateway.RecordsAsync());
        Assert.Empty(gateway.Log.Errors);
    }

    [Fact]
    public async Task Call_WithoutHopsLeft_Is483AtAProxyAndTakenByUs()
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync(o => o with { Video = o.Video with { Enabled = false } });
        await using Kamailio pbx = await Kamailio.StartAsync("MD5", [gateway.Udp]);
        await using SippCall refused = SippCall.Start(pbx.Address, "refused-invite", Values("status", "483").Add("hops", "0"));
        await refused.GoodAsync();
        Assert.Empty(await RecordsBeforeTheNextAsync(gateway));

        // We are where it ends: nothing is to be forwarded (RFC 3261 §8.2.2).
        await using SippCall taken = SippCall.Start(gateway.Udp, "headers", Values("hops", "0"));
        await taken.GoodAsync();
        Assert.Equal(200, Assert.Single(await gateway.RecordsAsync()).SipStatus);
    }

    private static async Task<string[]> RecordsBeforeTheNextAsync(GatewayUnderTest gateway)
    {
        await gateway.CallsAsync(0);
        return File.Exists(gateway.Options.Cdr.Path) ? await File.ReadAllLinesAsync(gateway.Options.Cdr.Path) : [];
    }
}
