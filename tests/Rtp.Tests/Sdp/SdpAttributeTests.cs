using Avatar2D.Rtp.Sdp;

namespace Avatar2D.Rtp.Tests.Sdp;

public class SdpAttributeTests
{
    [Theory]
    [InlineData("profile-level-id=42e01f;packetization-mode=1", "packetization-mode", "1")]
    [InlineData("Profile-Level-ID=42E01F; Packetization-Mode=1;", "profile-level-id", "42E01F")]
    [InlineData(" useinbandfec = 1 ;; stereo=0", "useinbandfec", "1")]
    [InlineData("0-15", "0-15", "")]
    [InlineData("sprop-parameter-sets=Z0LADNoPCoA=,aM4G4g==", "sprop-parameter-sets", "Z0LADNoPCoA=,aM4G4g==")]
    [InlineData("a=b", "c", null)]
    public void FormatParameters_Parse_FindsValueWithoutCase(string text, string name, string? expected) =>
        Assert.Equal(expected, FormatParameters.Parse(text)[name]);

    [Fact]
    public void FormatParameters_WithAndWithout_KeepOrder()
    {
        FormatParameters parameters = FormatParameters.Parse("a=1;b=2;c");

        Assert.Equal("a=9;b=2;c", parameters.With("A", "9").ToString());
        Assert.Equal("a=1;c", parameters.Without("B").ToString());
        Assert.Equal(SdpLimits.MaxFormatParameters, FormatParameters.Parse(string.Concat(Enumerable.Repeat("x=1;", 500))).Items.Length);
    }

    [Theory]
    [InlineData("97 send * recv [x=800,y=640,sar=1.1,q=0.6] [x=480,y=320]", 97, 0, 2)]
    [InlineData("* recv [x=[320:16:640],y=[240,480]]", null, 0, 1)]
    [InlineData("99 send [x=240,y=320] recv [x=240,y=320]", 99, 1, 1)]
    [InlineData("99 recv *", 99, 0, 0)]
    public void ImageAttr_GoodValue_IsRead(string value, int? payloadType, int send, int receive)
    {
        Assert.True(ImageAttr.TryParse(value, out ImageAttr? image));
        Assert.Equal((payloadType, send, receive), (image!.PayloadType, image.Send.Length, image.Receive.Length));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x recv [x=1,y=1]")]
    [InlineData("97 recv [x=1]")]
    [InlineData("97 recv [x=[9:1],y=1]")]
    [InlineData("97 recv [x=0,y=1]")]
    [InlineData("97 recv [x=[1:2:3:4],y=1]")]
    [InlineData("97 recv [x=1,y=1")]
    [InlineData("200 recv [x=1,y=1]")]
    public void ImageAttr_BadValue_IsRefused(string value) => Assert.False(ImageAttr.TryParse(value, out _));

    [Fact]
    public void ImageRange_StepAndList_LimitTheSize()
    {
        Assert.True(ImageAttr.TryParse("* recv [x=[320:16:640],y=[240,480],q=0.9]", out ImageAttr? image));
        ImageSet set = Assert.Single(image!.Receive);

        Assert.Equal(0.9, set.Preference);
        Assert.True(set.Width.Contains(336));
        Assert.False(set.Width.Contains(330));
        Assert.False(set.Width.Contains(656));
        Assert.Equal(496, set.Width.LargestUpTo(500));
        Assert.Null(set.Width.LargestUpTo(300));
        Assert.Equal(240, set.Height.LargestUpTo(479));
        Assert.Null(set.Height.LargestUpTo(239));
    }

    [Theory]
    [InlineData("inline:QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVoxMjM0", "", 30, 0)]
    [InlineData("inline:QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVoxMjM0|2^20", "WSH=64 -odd", 30, 0)]
    [InlineData("inline:QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVoxMjM0|2^20|1:4", "", 30, 4)]
    [InlineData("inline:QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVoxMjM0|1:4", "", 30, 4)]
    public void SdpCrypto_KeyThatWeCanUse_IsRead(string key, string session, int bytes, int mkiBytes)
    {
        Assert.True(new SdpCrypto(1, "AES_CM_128_HMAC_SHA1_80", key, session).TryReadKey(out byte[] keyAndSalt, out int mki));
        Assert.Equal((bytes, mkiBytes), (keyAndSalt.Length, mki));
    }

    [Theory]
    [InlineData("inline:QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVoxMjM0", "UNENCRYPTED_SRTP")]
    [InlineData("inline:QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVoxMjM0", "KDR=1")]
    [InlineData("inline:QUJD|1:1;inline:QUJE|2:1", "")]
    [InlineData("inline:no base64!", "")]
    [InlineData("QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVoxMjM0", "")]
    [InlineData("inline:QUJD|1:0", "")]
    [InlineData("inline:QUJD|1:200", "")]
    [InlineData("inline:QUJD|1:x", "")]
    public void SdpCrypto_KeyThatWeCannotUse_IsRefused(string key, string session) =>
        Assert.False(new SdpCrypto(1, "AES_CM_128_HMAC_SHA1_80", key, session).TryReadKey(out _, out _));

    [Fact]
    public void SdpCrypto_ReadAndPrinted_HidesTheKey()
    {
        Assert.True(SdpCrypto.TryParse("1 AES_CM_128_HMAC_SHA1_80 inline:abc|2^20 UNENCRYPTED_SRTCP KDR=1", out SdpCrypto? crypto));

        Assert.Equal("1 AES_CM_128_HMAC_SHA1_80 inline:abc|2^20 UNENCRYPTED_SRTCP KDR=1", crypto!.ToSdp());
        Assert.DoesNotContain("inline", crypto.ToString(), StringComparison.Ordinal);
        Assert.False(SdpCrypto.TryParse("x AES inline:abc", out _));
        Assert.False(SdpCrypto.TryParse("1 AES", out _));
    }

    [Theory]
    [InlineData("53020", 53020, null)]
    [InlineData("53020 IN IP4 126.16.64.4", 53020, "126.16.64.4")]
    public void RtcpAddress_GoodValue_IsRead(string value, int port, string? address)
    {
        Assert.True(RtcpAddress.TryParse(value, out RtcpAddress? rtcp));
        Assert.Equal((port, address), (rtcp!.Port, rtcp.Address));
        Assert.False(RtcpAddress.TryParse("70000", out _));
        Assert.False(RtcpAddress.TryParse(null, out _));
    }

    [Fact]
    public void SmallAttributes_GoodAndBad_AreTold()
    {
        Assert.True(ExtMap.TryParse("7/sendonly urn:3gpp:video-orientation x", out ExtMap? map));
        Assert.Equal((7, MediaDirection.SendOnly, "urn:3gpp:video-orientation"), (map!.Id, map.Direction, map.Uri));
        Assert.False(ExtMap.TryParse("7/both urn:x", out _));
        Assert.False(ExtMap.TryParse("urn:x", out _));
        Assert.True(SdpGroup.TryParse("BUNDLE 0 1", out SdpGroup? group));
        Assert.Equal(["0", "1"], group!.Mids);
        Assert.False(SdpGroup.TryParse(" ", out _));
        Assert.True(RtcpFeedback.TryParse("*  nack  pli", out RtcpFeedback? feedback));
        Assert.Equal("* nack pli", feedback!.ToString());
        Assert.False(RtcpFeedback.TryParse("128 nack", out _));
        Assert.False(RtcpFeedback.TryParse("96", out _));
    }

    [Theory]
    [InlineData("0.0.0.0", true)]
    [InlineData("::", true)]
    [InlineData("hold.invalid", true)]
    [InlineData("10.0.0.1", false)]
    [InlineData("media.example.com", false)]
    public void Connection_Unspecified_MeansHold(string address, bool expected) =>
        Assert.Equal(expected, SdpConnection.To(address).IsUnspecified);

    [Theory]
    [InlineData(MediaDirection.SendRecv, MediaDirection.SendRecv)]
    [InlineData(MediaDirection.SendOnly, MediaDirection.RecvOnly)]
    [InlineData(MediaDirection.RecvOnly, MediaDirection.SendOnly)]
    [InlineData(MediaDirection.Inactive, MediaDirection.Inactive)]
    public void Direction_Reverse_IsTheOtherSide(MediaDirection direction, MediaDirection expected)
    {
        Assert.Equal(expected, direction.Reverse());
        Assert.True(MediaDirections.TryParse(direction.ToSdp(), out MediaDirection parsed));
        Assert.Equal(direction, parsed);
    }
}
