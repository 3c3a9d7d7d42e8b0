using Avatar2D.Rtp.Sdp;

namespace Avatar2D.Rtp.Tests.Sdp;

public class CodecParameterTests
{
    [Theory]
    [InlineData("42e01f", H264Profile.ConstrainedBaseline, "3.1")]
    [InlineData("42c00c", H264Profile.ConstrainedBaseline, "1.2")]
    [InlineData("42C01E", H264Profile.ConstrainedBaseline, "3")]
    [InlineData("42801f", H264Profile.Baseline, "3.1")]
    [InlineData("42001f", H264Profile.Baseline, "3.1")]
    [InlineData("42f00b", H264Profile.ConstrainedBaseline, "1b")]
    [InlineData("42e00b", H264Profile.ConstrainedBaseline, "1.1")]
    [InlineData("4d001f", H264Profile.Main, "3.1")]
    [InlineData("4de01f", H264Profile.ConstrainedBaseline, "3.1")]
    [InlineData("58c00d", H264Profile.ConstrainedBaseline, "1.3")]
    [InlineData("588014", H264Profile.Baseline, "2")]
    [InlineData("580014", H264Profile.Extended, "2")]
    [InlineData("640c1f", H264Profile.ConstrainedHigh, "3.1")]
    [InlineData("640028", H264Profile.High, "4")]
    [InlineData("640009", H264Profile.High, "1b")]
    [InlineData("64003e", H264Profile.High, "5.2")]
    [InlineData("f4001f", H264Profile.Unknown, "3.1")]
    public void ProfileLevelId_Read_GivesProfileAndLevel(string text, H264Profile profile, string level)
    {
        Assert.True(H264ProfileLevelId.TryParse(text, out H264ProfileLevelId id));
        Assert.Equal((profile, level), (id.Profile, id.Level!.Name));
        Assert.Equal(text.ToLowerInvariant(), id.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("42e01")]
    [InlineData("42e01g")]
    [InlineData("42e01f0")]
    [InlineData(" 42e01")]
    public void ProfileLevelId_BadText_IsRefused(string? text) => Assert.False(H264ProfileLevelId.TryParse(text, out _));

    [Theory]
    [InlineData("42e01f", "1b", "42f00b")]
    [InlineData("42f00b", "3.1", "42e01f")]
    [InlineData("640c1f", "1b", "640c09")]
    [InlineData("42801f", "1.2", "42800c")]
    public void ProfileLevelId_WithLevel_KeepsTheProfile(string text, string level, string expected)
    {
        Assert.True(H264ProfileLevelId.TryParse(text, out H264ProfileLevelId id));
        Assert.Equal(expected, id.WithLevel(H264Level.FromName(level)!).ToString());
    }

    [Theory]
    [InlineData("42001f", H264Profile.ConstrainedBaseline, true)]
    [InlineData("42801f", H264Profile.ConstrainedBaseline, true)]
    [InlineData("4d001f", H264Profile.ConstrainedBaseline, true)]
    [InlineData("640c1f", H264Profile.ConstrainedBaseline, true)]
    [InlineData("42e01f", H264Profile.Main, false)]
    [InlineData("42e01f", H264Profile.Baseline, false)]
    [InlineData("64001f", H264Profile.Main, true)]
    [InlineData("640c1f", H264Profile.High, false)]
    [InlineData("f4001f", H264Profile.ConstrainedBaseline, false)]
    public void ProfileLevelId_Decodes_FollowsTheSubsets(string receiver, H264Profile stream, bool expected)
    {
        Assert.True(H264ProfileLevelId.TryParse(receiver, out H264ProfileLevelId id));
        Assert.Equal(expected, id.Decodes(stream));
    }

    [Fact]
    public void H264Parameters_Absent_MeansModeZeroAndOpenLevel()
    {
        H264Parameters parameters = H264Parameters.From(FormatParameters.None);

        Assert.Equal(0, parameters.PacketizationMode);
        Assert.Null(parameters.ProfileLevelId);
        Assert.Equal("42e01f", parameters.EffectiveProfileLevelId.ToString());
        Assert.False(parameters.LevelAsymmetryAllowed);
    }

    [Theory]
    [InlineData("max-recv-level=e01f", "3.1")]
    [InlineData("profile-level-id=42e00a;max-recv-level=f00b", "1b")]
    [InlineData("max-recv-level=1f", null)]
    [InlineData("max-recv-level=zzzz", null)]
    public void H264Parameters_MaxReceiveLevel_IsRead(string text, string? expected) =>
        Assert.Equal(expected, H264Parameters.From(FormatParameters.Parse(text)).MaxReceiveLevel?.Name);

    [Fact]
    public void H264Level_NameWithZero_IsFound() => Assert.Same(H264Level.FromName("3"), H264Level.FromName("3.0"));

    [Fact]
    public void H264Parameters_RoundTrip_KeepsAll()
    {
        const string text = "profile-level-id=42c00c;level-asymmetry-allowed=1;packetization-mode=1;max-mbps=11880;max-fs=396;max-br=512;sprop-parameter-sets=Z0LADNoPCoA=,aM4G4g==";
        Assert.Equal(text, H264Parameters.From(FormatParameters.Parse(text)).ToFormatParameters().ToString());
    }

    [Fact]
    public void H265Parameters_AbsentAndFull_AreRead()
    {
        H265Parameters absent = H265Parameters.From(FormatParameters.None);
        Assert.Equal((1, false, 93, "SRST"), (absent.ProfileId, absent.HighTier, absent.LevelId, absent.TransmissionMode));
        const string text = "profile-id=2;tier-flag=1;level-id=120;max-recv-level-id=123;max-lsr=1;max-lps=2;max-br=3;max-fps=3000;sprop-vps=QAE=;sprop-sps=QgE=;sprop-pps=RAE=";
        Assert.Equal(text, H265Parameters.From(FormatParameters.Parse(text)).ToFormatParameters().ToString());
    }

    [Fact]
    public void OpusParameters_FreeSwitchLine_IsRead()
    {
        PayloadFormat opus = SdpSamples.Parse(SdpSamples.FreeSwitch).Media[0].PayloadFormats()[0];
        OpusParameters parameters = OpusParameters.From(opus.Parameters);

        Assert.Equal((CodecKind.Opus, 48_000, 2), (opus.Kind, opus.ClockRateHz, opus.Channels));
        Assert.True(parameters.InbandFec && parameters.Stereo && !parameters.ConstantBitRate && !parameters.Dtx);
        Assert.Equal((30_000, 48_000, 10), (parameters.MaxAverageBitrateBps, parameters.MaxPlaybackRateHz, parameters.MinPacketTimeMs));
        Assert.Equal("minptime=10;maxaveragebitrate=30000;useinbandfec=1;stereo=1", parameters.ToFormatParameters().ToString());
        Assert.Equal(48_000, OpusParameters.From(FormatParameters.Parse("maxplaybackrate=5")).MaxPlaybackRateHz);
    }

    [Theory]
    [InlineData("0-15", "0-15")]
    [InlineData("0-11,16,32-34", "0-11,16,32-34")]
    [InlineData("events=0-15", "0-15")]
    [InlineData("", "0-15")]
    [InlineData("x-y", "0-15")]
    [InlineData("5,3", "3,5")]
    [InlineData("120-255", "120-127")]
    [InlineData("9-3", "0-15")]
    public void TelephoneEvents_Read_GivesTheSet(string text, string expected) =>
        Assert.Equal(expected, TelephoneEvents.From(FormatParameters.Parse(text)).ToString());

    [Theory]
    [InlineData(0, CodecKind.Pcmu, 8000)]
    [InlineData(8, CodecKind.Pcma, 8000)]
    [InlineData(9, CodecKind.G722, 8000)]
    [InlineData(13, CodecKind.ComfortNoise, 8000)]
    [InlineData(34, CodecKind.Unknown, 90_000)]
    [InlineData(97, CodecKind.Unknown, 0)]
    public void PayloadFormats_WithoutRtpmap_UsesTheStaticTable(int payloadType, CodecKind kind, int clock)
    {
        SdpMedia media = SdpSamples.Parse($"v=0\no=- 1 1 IN IP4 h\nm=audio 4 RTP/AVP {payloadType}\n").Media[0];
        PayloadFormat format = Assert.Single(media.PayloadFormats());
        Assert.Equal((kind, clock), (format.Kind, format.ClockRateHz));
    }

    [Fact]
    public void PayloadFormats_SameNumberOnTwoLines_MeansTwoThings()
    {
        SdpSession session = SdpSamples.Parse(SdpSamples.Linphone);

        Assert.Equal(CodecKind.Opus, session.Media[0].PayloadFormats()[0].Kind);
        Assert.Equal("VP8", session.Media[1].PayloadFormats()[0].EncodingName);
        Assert.Equal(96, session.Media[1].PayloadFormats()[0].PayloadType);
    }
}
