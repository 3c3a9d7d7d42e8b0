using System.Text;
using Avatar2D.Sip.Dialogs;
using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Tests.UserAgent;

namespace Avatar2D.Sip.Tests.Dialogs;

public sealed class MultipartBodyTests
{
    private const string Two = "preamble\r\n--b1\r\nContent-Type: application/isup;version=itu\r\n\r\n\x01\x02\r\n"
        + "--b1\r\nContent-Disposition: session\r\nContent-Type: application/sdp\r\n\r\nv=0\r\ns=x\r\n\r\n--b1--\r\n";

    private static MediaType Mixed(string? boundary)
    {
        Assert.True(MediaType.TryParse(boundary is null ? "multipart/mixed" : $"multipart/mixed;boundary={boundary}", out var type));
        return type;
    }

    private static string? Find(string body, string? boundary) =>
        MultipartBody.TryFind(Encoding.UTF8.GetBytes(body), Mixed(boundary), MediaType.Sdp, out var content)
            ? Encoding.UTF8.GetString(content.Span)
            : null;

    [Theory]
    [InlineData("b1")]
    [InlineData("\"b1\"")]
    public void TryFind_SecondOfTwoParts_IsFound(string boundary) => Assert.Equal("v=0\r\ns=x\r\n", Find(Two, boundary));

    [Theory]
    [InlineData("--b\nc: application/sdp\n\nv=0\n\n--b--", "v=0\n")]
    [InlineData("--b\r\nContent-Type: application/sdp\r\n\r\nx --b y\r\n--b--", "x --b y")]
    [InlineData("--b\r\nContent-Type: application/sdp\r\n\r\n\r\n--b--", "")]
    [InlineData("--b\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b--", null)]
    [InlineData("--b\r\nContent-Type: application/sdp\r\n\r\nno end", null)]
    [InlineData("--b\r\nContent-Type: application/sdp\r\n--b--", null)]
    [InlineData("--b", null)]
    [InlineData("--b--\r\n", null)]
    [InlineData("", null)]
    [InlineData("--other\r\n\r\n--other--", null)]
    public void TryFind_OddBodies_GiveThePartOrNothing(string body, string? expected) => Assert.Equal(expected, Find(body, "b"));

    [Fact]
    public void TryFind_NoBoundary_GivesNothing() => Assert.Null(Find(Two, null));

    [Fact]
    public void TryFind_MutatedBodies_NeverThrows()
    {
        var random = new Random(3);
        var bytes = Encoding.UTF8.GetBytes(Two);
        for (var i = 0; i < 20_000; i++)
        {
            var mutant = (byte[])bytes.Clone();
            for (var n = random.Next(1, 6); n > 0; n--)
            {
                mutant[random.Next(mutant.Length)] = "\r\n-b1:; \0v"u8[random.Next(10)];
            }

            MultipartBody.TryFind(mutant.AsMemory(0, random.Next(mutant.Length + 1)), Mixed("b1"), MediaType.Sdp, out _);
        }
    }

    [Fact]
    public void Invite_WithMultipartBody_GivesItsSdpToTheOwner()
    {
        var stage = new Stage();
        stage.Peer.Send(stage.Bob, stage.Peer.Invite(stage.Bob, "c", "t", null).WithBody(Two, Mixed("b1")).Build());
        var body = stage.Bob.Calls[0].Sink.Single<Avatar2D.Sip.Sessions.SipSessionEvent.IncomingInvite>().Body;
        Assert.Equal("v=0\r\ns=x\r\n", body?.Text);
        Assert.True(body?.ContentType.Is(MediaType.Sdp));
    }

    [Fact]
    public void Invite_WithMultipartBodyWithoutSdp_Is415()
    {
        var stage = new Stage();
        stage.Peer.Send(stage.Bob, stage.Peer.Invite(stage.Bob, "c", "t", null).WithBody("--b1\r\n\r\nx\r\n--b1--", Mixed("b1")).Build());
        Assert.Equal("415", stage.Peer.Statuses("INVITE"));
    }
}
