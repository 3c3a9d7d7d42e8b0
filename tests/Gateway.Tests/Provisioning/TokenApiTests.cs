using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Provisioning.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Avatar2D.Gateway.Tests.Provisioning;

/// <summary>Signed tokens of an identity provider as keys of the API.</summary>
public sealed class TokenApiTests : IDisposable
{
    private const string Issuer = "https://id.example.com";
    private readonly string _folder = Directory.CreateTempSubdirectory("avatar2d-tokens-").FullName;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose()
    {
        _key.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Request_WithRole_MayWhatTheRoleMay()
    {
        await using ApiRig rig = await StartAsync();
        HttpClient viewer = rig.WithKey(Token(("roles", "viewer")));
        await viewer.GetJsonAsync("/v1/subscribers");
        await viewer.SendAsync(HttpMethod.Post, "/v1/subscribers", HttpStatusCode.Forbidden, """{"name":"A","identities":["tel:+1"]}""");

        HttpClient admin = rig.WithKey(Token(("scope", "subscribers:read subscribers:write audit:read unknown:scope")));
        await admin.SubscriberAsync("tel:+1");
        JsonElement line = (await admin.GetJsonAsync("/v1/audit")).GetProperty("items").EnumerateArray().First(l => l.Text("action") == "subscriber.create");
        Assert.Equal("jwt:ops", line.Text("actor"));
        await admin.SendAsync(HttpMethod.Get, "/v1/calls", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Request_WithSubscriberClaim_SeesTheOwnThingsOnly()
    {
        await using ApiRig rig = await StartAsync();
        HttpClient admin = await rig.ClientAsync();
        string ana = await admin.SubscriberAsync("tel:+1");
        string bo = await admin.SubscriberAsync("tel:+2");
        HttpClient client = rig.WithKey(Token(("roles", "admin"), ("subscriber", ana)));

        await client.GetJsonAsync($"/v1/subscribers/{ana}");
        await client.SendAsync(HttpMethod.Get, $"/v1/subscribers/{bo}", HttpStatusCode.NotFound);
        await client.SendAsync(HttpMethod.Get, "/v1/calls", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Request_WithTokenThatIsNotForUs_SaysWhy()
    {
        await using ApiRig rig = await StartAsync();
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        (string Token, string Why)[] cases =
        [
            (Token(issuer: "https://other.example.com"), "another issuer"),
            (Token(audience: "mail"), "another audience"),
            (Token(minutes: -5), "has expired"),
            (Token(minutes: 60, startsIn: 30), "not valid yet"),
            (Token(key: new ECDsaSecurityKey(other)), "sign"),
            (Token(key: new SymmetricSecurityKey(new byte[64]), algorithm: SecurityAlgorithms.HmacSha256), "sign"),
            ("eyJhbGciOiJub25lIn0.eyJzdWIiOiJvcHMifQ.", "The token"),
            ("a.b.c", "cannot be read"),
        ];
        foreach ((string token, string why) in cases)
        {
            JsonElement problem = await rig.WithKey(token).SendAsync(HttpMethod.Get, "/v1/subscribers", HttpStatusCode.Unauthorized);
            Assert.Equal("unauthenticated", problem.Text("code"));
            Assert.Contains(why, problem.Text("detail"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Request_KeysOfTheIssuer_AreFetched()
    {
        using var rsa = RSA.Create(2048);
        var key = new RsaSecurityKey(rsa) { KeyId = "one" };
        JsonWebKey open = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(rsa.ExportParameters(includePrivateParameters: false)) { KeyId = "one" });
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using WebApplication provider = builder.Build();
        provider.MapGet("/.well-known/openid-configuration", () => Json($$"""{"issuer":"{{provider.Urls.First()}}","jwks_uri":"{{provider.Urls.First()}}/keys"}"""));
        provider.MapGet("/keys", () => Json($$"""{"keys":[{"kty":"RSA","kid":"one","n":"{{open.N}}","e":"{{open.E}}"}]}"""));
        await provider.StartAsync(TestContext.Current.CancellationToken);
        string issuer = provider.Urls.First();
        await using ApiRig rig = await ApiRig.StartAsync(options => options with { Tokens = new TokenOptions { Issuer = issuer } });

        HttpClient viewer = rig.WithKey(Token(issuer: issuer, key: key, algorithm: SecurityAlgorithms.RsaSha256, claims: ("roles", "viewer")));
        await viewer.GetJsonAsync("/v1/subscribers");
    }

    [Fact]
    public void From_FileWithoutKey_IsSaid()
    {
        string path = Path.Combine(_folder, "none.pem");
        File.WriteAllText(path, "no key");
        InvalidDataException wrong = Assert.Throws<InvalidDataException>(
            () => new TokenValidator(new TokenOptions { Issuer = Issuer, KeysPath = path }, TimeProvider.System));
        Assert.Contains("gives no public key", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_ByTheClockOfTheHost_IsOver()
    {
        string path = Path.Combine(_folder, "issuer.pem");
        File.WriteAllText(path, _key.ExportSubjectPublicKeyInfoPem());
        await using ApiRig rig = await ApiRig.StartAsync(
            options => options with { Tokens = new TokenOptions { Issuer = Issuer, KeysPath = path } },
            services: services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(new LaterTime())));
        using HttpResponseMessage answer = await rig.WithKey(Token(("scope", "subscribers:read"))).GetAsync(HttpExtensions.At("/v1/subscribers"));
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private static Microsoft.AspNetCore.Http.IResult Json(string text) => Microsoft.AspNetCore.Http.Results.Content(text, "application/json");

    private Task<ApiRig> StartAsync()
    {
        string path = Path.Combine(_folder, "issuer.pem");
        File.WriteAllText(path, _key.ExportSubjectPublicKeyInfoPem());
        return ApiRig.StartAsync(options => options with { Tokens = new TokenOptions { Issuer = Issuer, KeysPath = path } });
    }

    private string Token(params (string Type, string Value)[] claims) => Token(Issuer, claims: claims);

    private string Token(
        string issuer = Issuer, string audience = "avatar2d", int minutes = 10, int startsIn = -1, SecurityKey? key = null,
        string algorithm = SecurityAlgorithms.EcdsaSha256, params (string Type, string Value)[] claims)
    {
        DateTime now = TimeProvider.System.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            NotBefore = now.AddMinutes(Math.Min(startsIn, minutes - 10)),
            Expires = now.AddMinutes(minutes),
            Subject = new ClaimsIdentity([new Claim("sub", "ops"), .. claims.Select(c => new Claim(c.Type, c.Value))]),
            SigningCredentials = new SigningCredentials(key ?? new ECDsaSecurityKey(_key), algorithm),
        });
    }

    /// <summary>The machine's clock, an hour later.</summary>
    private sealed class LaterTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddHours(1);
    }
}
