using Avatar2D.Gateway.Diagnostics;
using Avatar2D.Interop.Tests.Harness;

namespace Avatar2D.Interop.Tests.Sipp;

/// <summary>SIPp as the caller: each row is a scenario, judged at both ends.</summary>
public sealed class SippTests(SippBench bench) : IClassFixture<SippBench>
{
    public static TheoryData<string> Rows { get; } = [.. SippCases.All.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Call_Scenario_BothEndsAgree(string name)
    {
        SippCase row = SippCases.All.Single(r => r.Name == name);
        SippOutcome call = await bench.OutcomeAsync(name);

        Assert.True(call.ExitCode == 0, call.Story);
        Assert.False(call.Lingers, $"The call is still there.\n{call.Story}");
        Assert.Equal(row.EndReason is null ? 0 : 1, call.Records.Count);
        Assert.Equal(row.EndReason, call.Records.Select(r => r.EndReason.Info().Tag).SingleOrDefault());
        try
        {
            row.Check(call);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"{exception.Message}\n{call.Story}", exception);
        }
    }

    [Fact]
    public async Task Gateways_AfterAllCalls_HoldNothingAndSaidNoError()
    {
        foreach (GatewayUnderTest gateway in await bench.GatewaysAfterAllAsync())
        {
            await Until.TrueAsync(() => gateway.Host.SipSessions == 0, "no SIP session left", () => $"{gateway.Host.SipSessions} sessions");
            Assert.Equal(0, gateway.Host.Calls.Count);
            Assert.Equal(0, gateway.Host.Ports.InUse);
            Assert.Empty(gateway.Log.Errors);
        }
    }
}
