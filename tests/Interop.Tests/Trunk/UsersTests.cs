using System.Collections.Immutable;
using Avatar2D.Gateway.Diagnostics;
using Avatar2D.Interop.Tests.Harness;
using Avatar2D.Interop.Tests.Linphone;
using Avatar2D.Interop.Tests.Sipp;
using Avatar2D.Sip.Authentication;

namespace Avatar2D.Interop.Tests.Trunk;

/// <summary>SIPp and linphone as callers who must prove who they are.</summary>
public sealed class UsersTests
{
    private static Task<GatewayUnderTest> StartAsync(string user, DigestAlgorithm algorithm) => GatewayUnderTest.StartAsync(o => o with
    {
        Video = o.Video with { Enabled = false },
        Sip = o.Sip with { Users = new Dictionary<string, string> { [user] = Digest.Secret(algorithm, user, "avatar2d", "wonderland") } },
    });

    [Theory]
    [InlineData("wonderland", true)]
    [InlineData("looking-glass", false)]
    public async Task Call_LinphoneBySha256_IsTakenOrRefused(string password, bool taken)
    {
        await using GatewayUnderTest gateway = await StartAsync("caller", DigestAlgorithm.Sha256);
        await using LinphonePhone phone = await LinphonePhone.StartAsync("PCMU", password);
        if (taken)
        {
            await phone.DialAsync($"sip:avatar@{gateway.Udp}");
            await phone.HangUpAsync();
            await gateway.CallsAsync(0);
        }
        else
        {
            await phone.DialInVainAsync($"sip:avatar@{gateway.Udp}");
            Assert.Contains("gave wrong credentials", gateway.Log.Text, StringComparison.Ordinal);
        }

        Assert.Equal(taken ? ["sip:caller@avatar2d"] : [], (await gateway.RecordsAsync()).Select(r => r.AssertedIdentity));
        Assert.Empty(gateway.Log.Errors);
    }

    [Fact]
    public async Task Call_CredentialsThatWereUsedBefore_AreStale()
    {
        await using GatewayUnderTest gateway = await StartAsync("alice", DigestAlgorithm.Md5);
        await using SippCall call = SippCall.Start(gateway.Udp, "proven", ImmutableDictionary<string, string>.Empty);
        await call.GoodAsync();
        string overheard = call.Trace.Where(m => m.Sent).Select(m => m.Header("Authorization")).Single(text => text.Length > 0);
        await using SippCall replay = SippCall.Start(
            gateway.Udp, "replayed", ImmutableDictionary<string, string>.Empty, keys: ["-key", "overheard", overheard]);
        await replay.GoodAsync();
        Assert.Equal("sip:alice@avatar2d", Assert.Single(await gateway.RecordsAsync()).AssertedIdentity);
    }

    [Theory]
    [InlineData("wonderland", true)]
    [InlineData("looking-glass", false)]
    public async Task Call_WithCredentials_IsTakenOrRefused(string password, bool taken)
    {
        await using GatewayUnderTest gateway = await StartAsync("alice", DigestAlgorithm.Md5);
        await using ExternalProcess sipp = Load.SippCallers.Start(
            taken ? "authenticated" : "authenticated-wrong", gateway.Udp, calls: 1, perSecond: 1, holdMs: 100, password: password);
        Assert.True(await sipp.EndedAsync() == 0, $"{sipp.Report}\n{gateway.Log.Text}");
        IReadOnlyList<CallDetailRecord> records = await gateway.RecordsAsync();
        Assert.Equal(taken ? ["sip:alice@avatar2d"] : [], records.Select(r => r.AssertedIdentity));
    }
}
