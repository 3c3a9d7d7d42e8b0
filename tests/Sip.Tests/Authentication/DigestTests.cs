using Avatar2D.Sip.Authentication;

namespace Avatar2D.Sip.Tests.Authentication;

public sealed class DigestTests
{
    private const string Uri = "/dir/index.html";
    private const string Nonce = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
    private const string ClientNonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";

    [Theory]
    [InlineData(DigestAlgorithm.Md5, "8ca523f5e9506fed4657c9700eebdbec")]
    [InlineData(DigestAlgorithm.Sha256, "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1")]
    public void Response_ExampleOfRfc7616Section391_IsItsResponse(DigestAlgorithm algorithm, string response)
    {
        string secret = Digest.Secret(algorithm, "Mufasa", "http-auth@example.org", "Circle of Life");
        Assert.Equal(Digest.HexLength(algorithm), secret.Length);
        Assert.Equal(response, Digest.Response(algorithm, secret, "GET", Uri, Nonce, "auth", "00000001", ClientNonce));
    }

    [Theory]
    [InlineData(null, true, DigestAlgorithm.Md5)]
    [InlineData("md5", true, DigestAlgorithm.Md5)]
    [InlineData("SHA-256", true, DigestAlgorithm.Sha256)]
    [InlineData("SHA-512-256", false, DigestAlgorithm.Md5)]
    [InlineData("MD5-sess", false, DigestAlgorithm.Md5)]
    public void TryParse_Name_IsSpokenOrNot(string? name, bool spoken, DigestAlgorithm algorithm)
    {
        Assert.Equal(spoken, Digest.TryParse(name, out DigestAlgorithm parsed));
        Assert.Equal(algorithm, parsed);
    }
}
