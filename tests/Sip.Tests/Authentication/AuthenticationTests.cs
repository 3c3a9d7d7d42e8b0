using System.Net;
using Avatar2D.Sip.Authentication;
using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Sessions;
using Avatar2D.Sip.Tests.UserAgent;
using Avatar2D.Sip.UserAgent;

namespace Avatar2D.Sip.Tests.Authentication;

/// <summary>Digest authentication between user agents, and against scripted servers: RFC 3261 §22, RFC 7616, RFC 8760.</summary>
public sealed class AuthenticationTests
{
    private const string Realm = "example.com";

    private static DigestServerOptions Users(params DigestAlgorithm[] algorithms) => new()
    {
        Realm = Realm,
        Users = new Dictionary<string, IReadOnlyDictionary<DigestAlgorithm, string>>
        {
            ["alice"] = algorithms.ToDictionary(a => a, a => Digest.Secret(a, "alice", Realm, "wonderland")),
        },
    };

    private static Stage Stage(DigestServerOptions users, string? password = "wonderland", Func<IPAddress, bool>? trusted = null) => new(o => o with
    {
        Authentication = users,
        Credentials = password is null ? [] : [new("alice", password)],
        IsTrusted = trusted ?? (_ => false),
    });

    private static IEnumerable<SipRequest> Invites(Stage stage) => stage.Wire.Log.OfType<SipRequest>().Where(r => r.Method == "INVITE");

    [Theory]
    [InlineData(new[] { DigestAlgorithm.Md5 }, "MD5")]
    [InlineData(new[] { DigestAlgorithm.Sha256 }, "SHA-256")]
    [InlineData(new[] { DigestAlgorithm.Md5, DigestAlgorithm.Sha256 }, "SHA-256")]
    public void PlaceCall_CalleeHasUsers_ProvesWhoCalls(DigestAlgorithm[] algorithms, string used)
    {
        var stage = Stage(Users(algorithms));
        var (caller, sink) = stage.Call(UserAgent.Stage.Offer);
        stage.Wire.Pump();
        Assert.Equal("alice", stage.Bob.Calls[0].Call.AuthenticatedUser);
        Assert.Equal([1u, 2u], Invites(stage).Select(r => r.CSeq.Number));
        Assert.Equal(used, Invites(stage).Last().Authorization[0].Parameters["algorithm"]);
        stage.Bob.Calls[0].Call.Accept(UserAgent.Stage.Answer);
        stage.Wire.Pump();
        Assert.Equal("Answered", sink.Story);
        var ack = stage.Wire.Log.OfType<SipRequest>().Last(r => r.Method == "ACK");
        Assert.Equal((2u, true), (ack.CSeq.Number, ack.Headers.Contains("Authorization")));
        caller.Hangup();
        stage.AssertNothingLeft();
    }

    [Fact]
    public void PlaceCall_WrongPassword_Is403AndNotTriedAgain()
    {
        var stage = Stage(Users(DigestAlgorithm.Sha256), "looking glass");
        var (_, sink) = stage.Call(UserAgent.Stage.Offer);
        stage.Wire.Pump();
        Assert.Equal(403, sink.Single<SipSessionEvent.Refused>().Status);
        Assert.Equal(2, Invites(stage).Count());
        Assert.Empty(stage.Bob.Calls);
        stage.AssertNothingLeft();
    }

    [Fact]
    public void PlaceCall_NoCredentials_Is401()
    {
        var stage = Stage(Users(DigestAlgorithm.Md5), null);
        var (_, sink) = stage.Call(UserAgent.Stage.Offer);
        stage.Wire.Pump();
        Assert.Equal(401, sink.Single<SipSessionEvent.Refused>().Status);
        Assert.Single(Invites(stage));
    }

    [Fact]
    public void Invite_FromATrustedNetwork_IsNotAsked()
    {
        var stage = Stage(Users(DigestAlgorithm.Md5), null, _ => true);
        stage.Call(UserAgent.Stage.Offer);
        stage.Wire.Pump();
        Assert.Null(Assert.Single(stage.Bob.Calls).Call.AuthenticatedUser);
    }

    [Fact]
    public void Invite_SameCredentialsTwice_AreStaleTheSecondTime()
    {
        var stage = Stage(Users(DigestAlgorithm.Sha256));
        stage.Call(UserAgent.Stage.Offer);
        stage.Wire.Pump();
        string heard = Invites(stage).Last().Headers["Authorization"]!;
        var replay = stage.Peer.Invite(stage.Bob, "replay", "r", "v=0\r\n").Add("Authorization", heard).Build();
        stage.Peer.Send(stage.Bob, replay);
        Assert.Equal(401, stage.Peer.Response("INVITE").StatusCode);
        Assert.Equal("true", stage.Peer.Response("INVITE").WwwAuthenticate[0].Parameters["stale"]);
        Assert.Single(stage.Bob.Calls);
    }

    [Fact]
    public void Invite_NonceTooOld_IsStaleAndTheClientTakesTheNewOne()
    {
        var stage = Stage(Users(DigestAlgorithm.Sha256) with { NonceLifetime = TimeSpan.FromSeconds(1) });
        bool held = false;
        stage.Wire.Lose = m => !held && m is SipRequest { Method: "INVITE" } r && r.Headers.Contains("Authorization");
        stage.Call(UserAgent.Stage.Offer);
        stage.Pass(3);
        held = true; // the retransmission arrives with a nonce that is too old by now
        stage.Pass(6);
        Assert.Equal("alice", Assert.Single(stage.Bob.Calls).Call.AuthenticatedUser);
        Assert.Equal(3u, stage.Bob.Calls[0].Call.Invite!.CSeq.Number);
    }

    [Theory]
    [InlineData("username=\"bob\"")]
    [InlineData("qop=auth-int")]
    [InlineData("nc=zzzzzzzz")]
    [InlineData("nc=1")]
    [InlineData("uri=\"sip:else@where\"")]
    [InlineData("algorithm=SHA-512")]
    [InlineData("response=\"\"")]
    [InlineData("nonce=\"\"")]
    public void Invite_CredentialsOffInOnePart_Are403(string part)
    {
        var stage = Stage(Users(DigestAlgorithm.Sha256));
        stage.Call(UserAgent.Stage.Offer);
        stage.Wire.Pump();
        string heard = Invites(stage).Last().Headers["Authorization"]!;
        string name = part[..part.IndexOf('=', StringComparison.Ordinal)];
        string changed = System.Text.RegularExpressions.Regex.Replace(heard, $@"(?<=[ ,]){name}=(""[^""]*""|[^,]*)", part);
        Assert.NotEqual(heard, changed);
        stage.Peer.Send(stage.Bob, stage.Peer.Invite(stage.Bob, "x", "x", "v=0\r\n").Add("Authorization", changed).Build());
        Assert.Equal(403, stage.Peer.Response("INVITE").StatusCode);
    }

    [Fact]
    public void Bye_ProxyAsks_IsSentAgainWithCredentials()
    {
        var stage = Stage(Users(DigestAlgorithm.Md5));
        var (call, _) = stage.Call(UserAgent.Stage.Offer, stage.Peer.Uri);
        stage.Wire.Pump();
        stage.Peer.Send(stage.Alice, stage.Peer.Answer(stage.Peer.Request("INVITE"), 200, "t", "v=0\r\n"));
        call.Hangup();
        stage.Wire.Pump();
        stage.Peer.Send(stage.Alice, stage.Peer.Answer(stage.Peer.Request("BYE"), 407, "t").ToBuilder()
            .Add("Proxy-Authenticate", $"Digest realm=\"{Realm}\", nonce=\"n\", qop=\"auth\"").Build());
        var again = stage.Peer.Request("BYE");
        Assert.Equal((3u, "alice"), (again.CSeq.Number, again.ProxyAuthorization[0].Parameters["username"]));
        stage.Peer.Send(stage.Alice, stage.Peer.Answer(again, 200, "t"));
        stage.AssertNothingLeft();
    }

    [Fact]
    public void Answer_ChallengesThatAreNotSpoken_AreLeft()
    {
        var stage = Stage(Users(DigestAlgorithm.Md5));
        stage.Call(UserAgent.Stage.Offer, stage.Peer.Uri);
        stage.Wire.Pump();
        stage.Peer.Send(stage.Alice, stage.Peer.Answer(stage.Peer.Request("INVITE"), 401, "t").ToBuilder()
            .Add("WWW-Authenticate", $"Digest realm=\"{Realm}\", nonce=\"a\", algorithm=SHA-512-256, qop=\"auth\"")
            .Add("WWW-Authenticate", $"Digest realm=\"{Realm}\", nonce=\"b\", algorithm=SHA-256, qop=\"auth,auth-int\"")
            .Add("WWW-Authenticate", "Basic realm=\"x\"").Build());
        var credentials = Assert.Single(stage.Peer.Request("INVITE").Authorization);
        Assert.Equal(("b", "SHA-256", "auth"), (credentials.Parameters["nonce"], credentials.Parameters["algorithm"], credentials.Parameters["qop"]));
    }

    [Fact]
    public async Task Register_Challenged_IsRegisteredRefreshedAndTakenBack()
    {
        var stage = Stage(Users(DigestAlgorithm.Md5));
        var registration = stage.Alice.Agent.Register(new() { Registrar = stage.Peer.Uri, Address = SipUri.Parse("sip:alice@example.com") });
        stage.Wire.Pump();
        var first = stage.Peer.Request("REGISTER");
        Assert.Equal((3600, "sip:avatar@10.0.0.1:5060"), (first.Expires, first.Contact!.Uri.ToString()));
        stage.Peer.Send(stage.Alice, stage.Peer.Answer(first, 401, "t").ToBuilder().Add("WWW-Authenticate", $"Digest realm=\"{Realm}\", nonce=\"n\", qop=\"auth\"").Build());
        var second = stage.Peer.Request("REGISTER");
        Assert.Equal((first.CallId, 2u, "alice"), (second.CallId, second.CSeq.Number, second.Authorization[0].Parameters["username"]));
        stage.Peer.Send(stage.Alice, SipResponseBuilder.For(second, 200, "t").Set("Contact", second.Headers["Contact"] + ";expires=300").Build());
        Assert.True(registration.IsRegistered);

        stage.Pass(241, 500);
        var refresh = stage.Peer.Request("REGISTER");
        Assert.Equal(3u, refresh.CSeq.Number);
        stage.Peer.Send(stage.Alice, stage.Peer.Answer(refresh, 503, "t").ToBuilder().Set("Retry-After", "7").Build());
        Assert.False(registration.IsRegistered);
        stage.Pass(7.5, 500);
        stage.Peer.Send(stage.Alice, SipResponseBuilder.For(stage.Peer.Request("REGISTER"), 200, "t").Set("Expires", "3600").Build());
        Assert.True(registration.IsRegistered);

        var end = registration.DisposeAsync().AsTask();
        stage.Wire.Pump();
        Assert.Equal(0, stage.Peer.Request("REGISTER").Expires);
        stage.Peer.Send(stage.Alice, SipResponseBuilder.For(stage.Peer.Request("REGISTER"), 200, "t").Build());
        await end;
        Assert.False(registration.IsRegistered);
        stage.AssertNothingLeft();
    }

    [Fact]
    public void Register_IntervalTooBriefOrNoAnswer_IsTriedAgain()
    {
        var stage = Stage(Users(DigestAlgorithm.Md5));
        var registration = stage.Alice.Agent.Register(new()
        {
            Registrar = stage.Peer.Uri, Address = SipUri.Parse("sip:alice@example.com"), Expires = TimeSpan.FromSeconds(60),
        });
        stage.Wire.Pump();
        stage.Peer.Send(stage.Alice, stage.Peer.Answer(stage.Peer.Request("REGISTER"), 423, "t").ToBuilder().Set("Min-Expires", "900").Build());
        Assert.Equal(900, stage.Peer.Request("REGISTER").Expires);
        stage.Pass(33, 500);
        Assert.Equal((408, false), (registration.LastStatus, registration.IsRegistered));
        uint before = stage.Peer.Request("REGISTER").CSeq.Number;
        stage.Pass(30, 500);
        Assert.Equal(before + 1, stage.Peer.Request("REGISTER").CSeq.Number);
    }

    [Theory]
    [InlineData(1, 50, 15)]
    [InlineData(1, 100, 30)]
    [InlineData(4, 100, 240)]
    [InlineData(99, 100, 1800)]
    public void RetryAfter_Failures_DoubleUpToHalfAnHour(int failures, int percent, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RegistrationPolicy.RetryAfter(failures, percent));
}
