using Avatar2D.Gateway.Diagnostics;
using Avatar2D.Interop.Tests.Harness;
using Avatar2D.Sip.Authentication;

namespace Avatar2D.Interop.Tests.Trunk;

/// <summary>SIPp as a caller who must prove who it is.</summary>
public sealed class UsersTests
{
    [Theory]
    [InlineData("wonderland", true)]
    [InlineData("looking-glass", false)]
    public async Task Call_WithCredentials_IsTakenOrRefused(string password, bool taken)
    {
        string hash = Digest.Secret(DigestAlgorithm.Md5, "alice", "avatar2d", "wonderland");
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync(o => o with
        {
            Video = o.Video with { Enabled = false },
            Sip = o.Sip with { Users = new Dictionary<string, string> { ["alice"] = hash } },
        });
        await using ExternalProcess sipp = Load.SippCallers.Start(
            taken ? "authenticated" : "authenticated-wrong", gateway.Udp, calls: 1, perSecond: 1, holdMs: 100, password: password);
        Assert.True(await sipp.EndedAsync() == 0, $"{sipp.Report}\n{gateway.Log.Text}");
        IReadOnlyList<CallDetailRecord> records = await gateway.RecordsAsync();
        Assert.Equal(taken ? ["sip:alice@avatar2d"] : [], records.Select(r => r.AssertedIdentity));
    }
}
