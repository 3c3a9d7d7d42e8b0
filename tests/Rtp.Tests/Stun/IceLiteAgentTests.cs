using System.Buffers.Binary;
using System.Net;
using System.Text;
using Avatar2D.Rtp.Stun;

namespace Avatar2D.Rtp.Tests.Stun;

/// <summary>ICE-lite against RFC 5769's vectors and checks of our own.</summary>
public sealed class IceLiteAgentTests
{
    private const string Password = "VOkJxbRl1RmTxUk/WvJxBt";

    // RFC 5769 §2.1, made with the password above for the user evtj:h6vY.
    private const string SampleRequest =
        "000100582112A442B7E7A701BC34D686FA87DFAE" + "802200105354554E207465737420636C69656E74" + "002400046E0001FF80290008932FF9B151263B36"
        + "000600096576746A3A68367659202020" + "000800149AEAA70CBFD8CB56781EF2B5B2D3F249C1B571A2" + "80280004E57A3BCF";

    // RFC 5769 §2.2: 192.0.2.1 port 32853.
    private const string SampleResponse =
        "0101003C2112A442B7E7A701BC34D686FA87DFAE" + "8022000B7465737420766563746F7220" + "002000080001A147E112A643"
        + "000800142B91F599FD9E90C38C7489F92AF9BA53F06BE7D7" + "80280004C07D4C96";

    private static readonly IPEndPoint Source = IPEndPoint.Parse("192.0.2.1:32853");

    private readonly IceLiteAgent _agent = new(new IceCredentials("evtj", Password));
    private readonly byte[] _answer = new byte[256];

    [Theory]
    [InlineData(SampleRequest, StunClass.Request)]
    [InlineData(SampleResponse, StunClass.Success)]
    public void TryParse_VectorsOfRfc5769_AreWholeAndIntact(string hex, StunClass kind)
    {
        Assert.True(StunMessageView.TryParse(Convert.FromHexString(hex), out StunMessageView message));
        Assert.Equal(kind, message.Class);
        Assert.True(message.IsBinding);
        Assert.True(message.HasFingerprint);
        Assert.True(message.IsIntact(Encoding.UTF8.GetBytes(Password)));
        Assert.False(message.IsIntact("another password"u8));
    }

    [Fact]
    public void StunWriter_Address_IsThatOfRfc5769()
    {
        byte[] bytes = new byte[256];
        var writer = new StunWriter(bytes, StunClass.Success, Convert.FromHexString("B7E7A701BC34D686FA87DFAE"));
        writer.AddAddress(Source);
        writer.End();
        Assert.True(StunMessageView.TryParse(bytes.AsSpan(0, 40), out StunMessageView message));
        Assert.True(message.TryFind(0x0020, out ReadOnlySpan<byte> address));
        Assert.Equal("0001A147E112A643", Convert.ToHexString(address));
    }

    [Fact]
    public void TryAnswer_RoleOfTheSample_IsAConflict() // The sample comes from a controlled agent, and so are we.
    {
        Assert.Equal(487, ErrorOf(Convert.FromHexString(SampleRequest)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TryAnswer_GoodCheck_IsAnsweredWithItsAddress(bool nominates)
    {
        byte[] check = Check(nominates: nominates);
        Assert.True(_agent.TryAnswer(check, Source, _answer, out int length, out bool isGenuine, out bool isNominated));
        Assert.True(isGenuine);
        Assert.Equal(nominates, isNominated);
        Assert.True(StunMessageView.TryParse(_answer.AsSpan(0, length), out StunMessageView reply));
        Assert.Equal(StunClass.Success, reply.Class);
        Assert.Equal("abcdefghijkl", Encoding.UTF8.GetString(reply.TransactionId));
        Assert.True(reply.HasFingerprint && reply.IsIntact(Encoding.UTF8.GetBytes(Password)));
        Assert.True(reply.TryFind(0x0020, out ReadOnlySpan<byte> address));
        Assert.Equal(Source.Port, BinaryPrimitives.ReadUInt16BigEndian(address[2..]) ^ 0x2112);
    }

    [Fact]
    public void TryAnswer_WrongPassword_Is401AndMovesNothing() => Assert.Equal(401, ErrorOf(Check(password: "guessed")));

    [Fact]
    public void TryAnswer_AnotherUser_Is401() => Assert.Equal(401, ErrorOf(Check(user: "other:far")));

    [Fact]
    public void TryAnswer_WithoutUser_Is400() => Assert.Equal(400, ErrorOf(Check(user: null)));

    [Fact]
    public void TryAnswer_UnknownAttribute_Is420AndNamesIt()
    {
        Assert.Equal(420, ErrorOf(Check(extra: 0x7001)));
        Assert.True(StunMessageView.TryParse(_answer.AsSpan(0, 20 + BinaryPrimitives.ReadUInt16BigEndian(_answer.AsSpan(2))), out StunMessageView reply));
        Assert.True(reply.TryFind(0x000A, out ReadOnlySpan<byte> names));
        Assert.Equal("7001", Convert.ToHexString(names));
    }

    [Fact]
    public void TryAnswer_DamagedOrForeign_IsSilent()
    {
        byte[] check = Check();
        check[^1] ^= 1;
        Assert.False(_agent.TryAnswer(check, Source, _answer, out _, out _, out _)); // FINGERPRINT does not fit.
        Assert.False(_agent.TryAnswer(Convert.FromHexString(SampleResponse), Source, _answer, out _, out _, out _));
        Assert.False(_agent.TryAnswer("no STUN at all, but long enough"u8, Source, _answer, out _, out _, out _));
        Assert.False(_agent.TryAnswer(check.AsSpan(0, check.Length - 4), Source, _answer, out _, out _, out _));
    }

    [Fact]
    public void TryFind_BehindTheIntegrity_IsNotBelieved() // Anybody on the way could have added it.
    {
        byte[] bytes = new byte[256];
        var writer = new StunWriter(bytes, StunClass.Request, "abcdefghijkl"u8);
        writer.Add(0x0006, "evtj:far"u8);
        writer.AddIntegrity(Encoding.UTF8.GetBytes(Password));
        writer.Add(0x0025, []);
        Assert.True(_agent.TryAnswer(bytes.AsSpan(0, writer.End()), Source, _answer, out _, out bool isGenuine, out bool isNominated));
        Assert.True(isGenuine);
        Assert.False(isNominated);
    }

    private int ErrorOf(byte[] check)
    {
        Assert.True(_agent.TryAnswer(check, Source, _answer, out int length, out bool isGenuine, out bool isNominated));
        Assert.False(isGenuine || isNominated);
        Assert.True(StunMessageView.TryParse(_answer.AsSpan(0, length), out StunMessageView reply));
        Assert.Equal(StunClass.Error, reply.Class);
        Assert.True(reply.TryFind(0x0009, out ReadOnlySpan<byte> code));
        return (code[2] * 100) + code[3];
    }

    private static byte[] Check(string? user = "evtj:far", string password = Password, bool nominates = true, ushort extra = 0)
    {
        byte[] bytes = new byte[256];
        var writer = new StunWriter(bytes, StunClass.Request, "abcdefghijkl"u8);
        if (user is not null)
            writer.Add(0x0006, Encoding.UTF8.GetBytes(user));
        writer.Add(0x0024, [0x6E, 0, 1, 0xFF]);
        writer.Add(0x802A, new byte[8]);
        if (nominates)
            writer.Add(0x0025, []);
        if (extra != 0)
            writer.Add(extra, [1, 2, 3]);
        writer.AddIntegrity(Encoding.UTF8.GetBytes(password));
        return bytes[..writer.End()];
    }
}
