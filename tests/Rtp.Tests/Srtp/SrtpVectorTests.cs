using System.Security.Cryptography;
using Avatar2D.Rtp.Srtp;

namespace Avatar2D.Rtp.Tests.Srtp;

/// <summary>Test vectors of RFC 3711 and RFC 7714, and packets that libsrtp's own tests hold for the same keys.</summary>
public sealed class SrtpVectorTests
{
    private const string MasterKey = "E1F97A0D3E018BE0D64FA32C06DE4139";
    private const string MasterSalt = "0EC675AD498AFEEBB6960B3AABE6";
    private const string CountingKey = "000102030405060708090A0B0C0D0E0F";

    /// <summary>"Gallia est omnis divisa in partes tres" in an RTP packet (RFC 7714 §16).</summary>
    private const string Gallia = "8040F17B8041F8D35501A0B247616C6C696120657374206F6D6E69732064697669736120696E2070617274657320747265" + "73";

    [Theory]
    [InlineData(SrtpLabel.RtpEncryption, "C61E7A93744F39EE10734AFE3FF7A087")]
    [InlineData(SrtpLabel.RtpSalt, "30CBBC08863D8C85D49DB34A9AE1")]
    [InlineData(SrtpLabel.RtpAuthentication, "CEBE321F6FF7716B6FD4AB49AF256A156D38BAA48F0A0ACF3C34E2359E6CDBCEE049646C43D9327AD175578EF72270986371C10C9A369AC2F94A8C5FBCDDDC256D6E919A48B610EF17C2041E47403576")]
    internal void Derive_Rfc3711B3_GivesItsKeys(SrtpLabel label, string expected) =>
        Assert.Equal(expected, Convert.ToHexString(SrtpKeyDerivation.Derive(Key(SrtpSuite.AesCm80, MasterKey + MasterSalt), label, expected.Length / 2)));

    [Theory]
    [InlineData("AES_CM_128_HMAC_SHA1_80", MasterKey + MasterSalt,
        "800F1234DECAFBADCAFEBABEABABABABABABABABABABABABABABABAB",
        "800F1234DECAFBADCAFEBABE4E55DC4CE79978D88CA4D215949D2402B78D6ACC99EA179B8DBB")]
    [InlineData("AEAD_AES_128_GCM", CountingKey + "A0A1A2A3A4A5A6A7A8A9AAAB",
        "800F1234DECAFBADCAFEBABEABABABABABABABABABABABABABABABAB",
        "800F1234DECAFBADCAFEBABEC5002EDE04CFDD2EB91159E0880AA06ED2976826F796B201DF3131A127E8A392")]
    public void ProtectRtp_KnownPacket_GivesTheKnownBytesAndBack(string suite, string key, string plain, string expected)
    {
        SrtpKey master = Key(SrtpSuite.Find(suite)!, key);
        using SrtpOutbound outbound = new(master);
        using SrtpInbound inbound = new(master);
        byte[] buffer = new byte[256];
        byte[] packet = Convert.FromHexString(plain);
        packet.CopyTo(buffer, 0);
        Assert.True(outbound.TryProtectRtp(buffer, packet.Length, out int length));
        Assert.Equal(expected, Convert.ToHexString(buffer.AsSpan(0, length)));
        Assert.True(inbound.TryOpenRtp(buffer.AsSpan(0, length), out int opened));
        Assert.Equal(plain, Convert.ToHexString(buffer.AsSpan(0, opened)));
    }

    [Theory]
    [InlineData("AES_CM_128_HMAC_SHA1_80", MasterKey + MasterSalt,
        "81C8000BCAFEBABE7128035BE487B9BDBEF89041F977A5A880000001993E08CD54D6C1230798")]
    [InlineData("AEAD_AES_128_GCM", CountingKey + "A0A1A2A3A4A5A6A7A8A9AAAB",
        "81C8000BCAFEBABEC98B8B5DF0392A55852B6C21AC8E7025C52C6FBEA2B3B446EA31123BA88CE61E80000001")]
    public void ProtectRtcp_KnownPacket_GivesTheKnownBytesAndBack(string suite, string key, string expected)
    {
        const string Plain = "81C8000BCAFEBABEABABABABABABABABABABABABABABABAB";
        SrtpKey master = Key(SrtpSuite.Find(suite)!, key);
        using SrtpOutbound outbound = new(master);
        using SrtpInbound inbound = new(master);
        byte[] buffer = new byte[256];
        Convert.FromHexString(Plain).CopyTo(buffer, 0);
        Assert.True(outbound.TryProtectRtcp(buffer, Plain.Length / 2, out int length));
        Assert.Equal(expected, Convert.ToHexString(buffer.AsSpan(0, length)));
        Assert.True(inbound.TryOpenRtcp(buffer.AsSpan(0, length), out int opened));
        Assert.Equal(Plain, Convert.ToHexString(buffer.AsSpan(0, opened)));
    }

    [Theory]
    [InlineData(CountingKey, "F24DE3A3FB34DE6CACBA861C9D7E4BCABE633BD50D294E6F42A5F47A51C7D19B36DE3ADF8833899D7F27BEB16A9152CF765EE4390CCE")]
    [InlineData(CountingKey + "101112131415161718191A1B1C1D1E1F",
        "32B1DE78A822FE12EF9F78FA332E33AAB18012389A58E2F3B50B2A0276FFAE0F1BA63799B87B7AA3DB36DFFFD6B0F9BB7878D7A76C13")]
    public void SealRtp_Rfc7714Section16_GivesItsBytes(string sessionKey, string expected)
    {
        using AesGcmCipher cipher = new(Convert.FromHexString(sessionKey), Convert.FromHexString("517569642070726F2071756F"));
        byte[] packet = Convert.FromHexString(Gallia);
        byte[] buffer = new byte[packet.Length + 16];
        packet.CopyTo(buffer, 0);
        int length = cipher.SealRtp(buffer, 12, packet.Length, 0x5501A0B2, 0xF17B);
        Assert.Equal(expected, Convert.ToHexString(buffer.AsSpan(12, length - 12)));
        Assert.True(cipher.TryOpenRtp(buffer.AsSpan(0, length), 12, 0x5501A0B2, 0xF17B, out int opened));
        Assert.Equal(Gallia, Convert.ToHexString(buffer.AsSpan(0, opened)));
        buffer[20] ^= 1;
        Assert.False(cipher.TryOpenRtp(buffer.AsSpan(0, length), 12, 0x5501A0B2, 0xF17B, out _));
    }

    [Fact]
    public void Key_OfTheWrongLength_IsNone() =>
        Assert.False(SrtpKey.TryCreate(SrtpSuite.Gcm256, RandomNumberGenerator.GetBytes(28), 0, out _));

    internal static SrtpKey Key(SrtpSuite suite, string hex)
    {
        Assert.True(SrtpKey.TryCreate(suite, Convert.FromHexString(hex), 0, out SrtpKey? key));
        return key!;
    }
}
