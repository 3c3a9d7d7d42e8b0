using System.Collections.Immutable;
using Avatar2D.Gateway.Diagnostics;
using Avatar2D.Interop.Tests.Harness;
using Avatar2D.Interop.Tests.Sipp;

namespace Avatar2D.Interop.Tests.Trunk;

/// <summary>SIPp as a PBX or proxy that says more about a call: identity, privacy, history, reason, and fields that are its own.</summary>
public sealed class HeaderTests
{
    private const string Identity = "P-Asserted-Identity: Alice <sip:alice@example.com>";
    private const string Carried = Identity + "\nHistory-Info: <sip:sales@example.com>;index=1\n"
        + "History-Info: <sip:desk@example.com?Reason=SIP%3Bcause%3D302>;index=1.1\n"
        + "P-Charging-Vector: icid-value=42-a;orig-ioi=home1.example\nX-Account: 4711\nX-Nobody-Knows: a, b;c, <d>";

    private const string Ended = "Reason: Q.850;cause=16\nReason: SIP;cause=200";
    private static readonly string Other = TestAvatars.OtherThan("maya");

    private static async Task<CallDetailRecord> CallAsync(string trusted, string extra)
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync(o => o with
        {
            Sip = o.Sip with { TrustedPeers = [trusted] },
            Avatar = o.Avatar with { ByIdentity = new Dictionary<string, string> { ["alice@example.com"] = Other } },
            Cdr = o.Cdr with { Headers = ["P-Charging-Vector", "X-Account"] },
        });
        await using SippCall call = SippCall.Start(
            gateway.Udp, "headers", ImmutableDictionary<string, string>.Empty.Add("extra", extra).Add("reason", Ended));
        await call.GoodAsync();
        await gateway.CallsAsync(0);
        CallDetailRecord record = Assert.Single(await gateway.RecordsAsync());
        Assert.Equal(CallEndReason.RemoteHangup, record.EndReason);
        Assert.Equal(Ended.Replace("Reason: ", "", StringComparison.Ordinal).Replace("\n", ", ", StringComparison.Ordinal), record.FarEndReason);
        Assert.Empty(gateway.Log.Errors);
        return record;
    }

    [Fact]
    public async Task Call_OfTrustedPeer_IsRecordedWithWhatItSays()
    {
        CallDetailRecord record = await CallAsync("127.0.0.0/8", Carried);
        Assert.Equal("sip:alice@example.com", record.AssertedIdentity);
        Assert.Equal(Other, record.Avatar);
        Assert.Equal(2, record.History?.Count);
        Assert.StartsWith("<sip:sales@example.com>", record.History?[0], StringComparison.Ordinal);
        Assert.Contains("cause%3D302", record.History?[1], StringComparison.Ordinal);
        Assert.Equal("icid-value=42-a;orig-ioi=home1.example", record.Headers?["P-Charging-Vector"]);
        Assert.Equal("4711", record.Headers?["X-Account"]);
        Assert.Equal(2, record.Headers?.Count);
        Assert.Null(record.Privacy);
    }

    [Fact]
    public async Task Call_OfAnybodyElse_IsTakenButNotBelieved()
    {
        CallDetailRecord record = await CallAsync("192.0.2.0/24", Carried);
        Assert.Null(record.AssertedIdentity);
        Assert.Null(record.History);
        Assert.Null(record.Headers);
        Assert.Equal("maya", record.Avatar);
    }

    [Fact]
    public async Task Call_WhoseNumberIsWithheld_ShowsNoFaceThatTellsIt()
    {
        CallDetailRecord record = await CallAsync("127.0.0.0/8", Identity + "\nPrivacy: id;critical");
        Assert.Equal("id;critical", record.Privacy);
        Assert.Equal("sip:alice@example.com", record.AssertedIdentity); // The operator's own record.
        Assert.Equal("maya", record.Avatar);
    }
}
