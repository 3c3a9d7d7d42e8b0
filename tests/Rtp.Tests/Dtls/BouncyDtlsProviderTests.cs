using Avatar2D.Rtp.Dtls;
using Avatar2D.Rtp.Srtp;

namespace Avatar2D.Rtp.Tests.Dtls;

public sealed class BouncyDtlsProviderTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)] // ClientHello is lost: sent again.
    [InlineData(0, 2)]
    public async Task Open_TwoThatKnowEachOther_HaveTheSameKeys(int lostOfClient, int lostOfServer)
    {
        using var left = new BouncyDtlsProvider(TimeProvider.System);
        using var right = new BouncyDtlsProvider(TimeProvider.System);
        var client = new WiredOwner { Lost = lostOfClient };
        var server = new WiredOwner { Lost = lostOfServer };
        await using IDtlsAssociation waiting = right.Open(new DtlsParameters(left.Fingerprint, IsClient: false), server);
        client.Other = waiting;
        await using IDtlsAssociation beginning = left.Open(new DtlsParameters(right.Fingerprint, IsClient: true), client);
        server.Other = beginning;
        SrtpKeys ours = await client.Keys.WaitAsync(Patience);
        SrtpKeys theirs = await server.Keys.WaitAsync(Patience);
        Assert.Equal(ours.Send, theirs.Receive);
        Assert.Equal(ours.Receive, theirs.Send);
        Assert.NotEqual(ours.Send, ours.Receive);
        Assert.Equal(SrtpSuite.AesCm80, ours.Send.Suite);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Open_PeerWithAnotherCertificate_Fails(bool clientIsWrong)
    {
        using var left = new BouncyDtlsProvider(TimeProvider.System);
        using var right = new BouncyDtlsProvider(TimeProvider.System);
        using var other = new BouncyDtlsProvider(TimeProvider.System);
        var client = new WiredOwner();
        var server = new WiredOwner();
        await using IDtlsAssociation waiting = right.Open(new DtlsParameters((clientIsWrong ? other : left).Fingerprint, IsClient: false), server);
        client.Other = waiting;
        await using IDtlsAssociation beginning = left.Open(new DtlsParameters((clientIsWrong ? right : other).Fingerprint, IsClient: true), client);
        server.Other = beginning;
        await Assert.ThrowsAsync<InvalidOperationException>(() => (clientIsWrong ? server : client).Keys.WaitAsync(Patience));
    }

    [Fact]
    public async Task DisposeAsync_InTheHandshake_EndsAtOnceAndTellsNobody()
    {
        using var provider = new BouncyDtlsProvider(TimeProvider.System);
        var owner = new WiredOwner();
        IDtlsAssociation association = provider.Open(new DtlsParameters(provider.Fingerprint, IsClient: false), owner);
        association.OnDatagram("no handshake"u8);
        await association.DisposeAsync().AsTask().WaitAsync(Patience);
        association.OnDatagram("later"u8);
        Assert.False(owner.Keys.IsCompleted);
    }

    [Theory]
    [InlineData("sha-256", 32, true)]
    [InlineData("SHA-512", 64, true)]
    [InlineData("sha-1", 20, false)]
    [InlineData("sha-256", 31, false)]
    public void TryParse_Fingerprint_TakesStrongHashesOnly(string hash, int bytes, bool expected)
    {
        string value = string.Join(':', Enumerable.Repeat("0A", bytes));
        Assert.Equal(expected, DtlsFingerprint.TryParse(hash, value, out DtlsFingerprint? fingerprint));
        Assert.Equal(expected ? value : null, fingerprint?.Value);
    }
}
