using System.Text;

using Avatar2D.Gateway.Options;

namespace Avatar2D.Gateway.Tests.Options;

public sealed class OptionsLoadTests
{
    private static OptionsLoadResult Load(string json, params string[] arguments)
    {
        var errors = new List<string>();
        SettingLayer[] layers = [JsonSettings.Read("test.json", Encoding.UTF8.GetBytes(json)), CommandLineSettings.Read(arguments)];
        GatewayOptions options = SettingBinder.Bind(layers, errors);
        errors.AddRange(GatewayOptionsValidator.Validate(options, ["maya", "jonas"]));
        return new OptionsLoadResult(options, errors, null);
    }

    private static GatewayOptions LoadGood(string json, params string[] arguments)
    {
        OptionsLoadResult result = Load(json, arguments);
        Assert.Equal([], result.Errors);
        return result.Options;
    }

    [Fact]
    public void Load_Nothing_GivesValidDefaults()
    {
        GatewayOptions options = LoadGood("{}");
        Assert.Equal(["udp:0.0.0.0:5060", "tcp:0.0.0.0:5060"], options.Sip.Listen);
        Assert.Equal(25, options.Video.FramesPerSecond);
    }

    [Theory]
    [InlineData("tls:127.0.0.1:5061", "", "Sip:TlsCertificates: a tls: point of Sip:Listen needs a certificate")]
    [InlineData("udp:127.0.0.1:5060", "/nowhere/a.pem", "Sip:TlsCertificates: \"/nowhere/a.pem\" cannot be used: there is no file /nowhere/a.pem")]
    [InlineData("udp:127.0.0.1:5060", "a b c", "Sip:TlsCertificates: \"a b c\" is not one file name, or two with a space between (certificate, key)")]
    public void Load_TlsWithoutUsableFiles_SaysWhich(string listen, string certificate, string error) =>
        Assert.Equal([error], Load("{}", "--listen", listen, $"--Sip:TlsCertificates={certificate}").Errors);

    [Fact]
    public void Load_JsonWithCommentsAndTrailingCommas_IsRead()
    {
        GatewayOptions options = LoadGood("""
            {
              // a comment
              "Video": { "Width": 240, "Height": 320, "Codecs": ["h265"], /* another */ },
              "audio": { "returnMode": "Silence", "Codecs": "pcmu" },
              "Cdr": { "Enabled": false },
              "Avatar": { "ByIdentity": { "alice@example.com": "jonas" } },
            }
            """);
        Assert.Equal((240, 320), (options.Video.Width, options.Video.Height));
        Assert.Equal([VideoCodecChoice.H265], options.Video.Codecs);
        Assert.Equal([AudioCodecChoice.Pcmu], options.Audio.Codecs);
        Assert.Equal(AudioReturnMode.Silence, options.Audio.ReturnMode);
        Assert.False(options.Cdr.Enabled);
        Assert.Equal("jonas", options.Avatar.Named("alice", "EXAMPLE.com"));
        Assert.Null(options.Avatar.Named("alice", "example.org"));
    }

    [Fact]
    public void Load_CommandLine_GoesOverFile()
    {
        GatewayOptions options = LoadGood(
            """{ "Sip": { "Listen": ["udp:127.0.0.1:1"] }, "Calls": { "MaxCalls": 7 } }""",
            "--listen", "udp:127.0.0.1:5090", "--listen", "tcp:127.0.0.1:5090", "--Calls:MaxCalls=9",
            "--http=127.0.0.1:9000", "--default-avatar", "jonas", "--audio:codecs=pcma,PCMU",
            "--Avatar:ByIdentity:sip:bob@x;a=b=jonas");
        Assert.Equal(["udp:127.0.0.1:5090", "tcp:127.0.0.1:5090"], options.Sip.Listen);
        Assert.Equal(9, options.Calls.MaxCalls);
        Assert.Equal("127.0.0.1:9000", options.Http.Listen);
        Assert.Equal("jonas", options.Avatar.Default);
        Assert.Equal([AudioCodecChoice.Pcma, AudioCodecChoice.Pcmu], options.Audio.Codecs);
        Assert.Equal("jonas", options.Avatar.ByIdentity["sip:bob@x;a=b"]);
    }

    [Fact]
    public void Load_EmptyValues_ClearListAndText()
    {
        GatewayOptions options = LoadGood("""{ "Sip": { "TrustedPeers": ["10.0.0.0/8"] } }""", "--Sip:TrustedPeers=", "--Http:Listen=");
        Assert.Empty(options.Sip.TrustedPeers);
        Assert.Equal("", options.Http.Listen);
    }

    [Fact]
    public void Load_ManyMistakes_AreAllReportedInOneGo()
    {
        OptionsLoadResult result = Load(
            """
            { "Vidio": {}, "Sip": { "Lissen": "x", "AdvertisedPort": "http" }, "Video": { "Width": [1], "Height": 241, "Codecs": ["vp8"] },
              "Cdr": 3, "Calls": { "MaxCalls": 5, "MaxCalls": 6 } }
            """,
            "--Video:Widht=3", "--Calls:MaxCalls=0", "stray", "--foo", "--Rtp:PortMin", "--Rtp:PortMax=1x", "--lisen", "udp:1.2.3.4:5");
        string[] expected =
        [
            "test.json: Vidio is not a section; did you mean Video?",
            "test.json: Sip:Lissen is not a setting; did you mean Sip:Listen?",
            "test.json: Video:Width: one value is wanted, not array",
            "test.json: Cdr is a section; an object of settings is wanted",
            "test.json: Calls:MaxCalls stands twice",
            "test.json: Sip:AdvertisedPort: \"http\" is not a whole number",
            "test.json: Video:Codecs: \"vp8\" is not one of h264, h265",
            "command line: Video:Widht is not a setting; did you mean Video:Width?",
            "command line: stray is not an option",
            "command line: --foo is not an option (settings are written --Section:Key=value)",
            "command line: --Rtp:PortMin needs a value (--Rtp:PortMin=...)",
            "command line: --lisen is not an option; did you mean --listen?",
            "command line: Rtp:PortMax: \"1x\" is not a whole number",
            "Calls:MaxCalls: 0: must be from 1 to 10000 (default: 200)",
            "Video:Height: 241 must be even (chroma has half the size)",
        ];
        Assert.Equal(expected, result.Errors);
    }

    [Theory]
    [InlineData("{ \"Video\": ", "line 1 is not JSON")]
    [InlineData("{\n \"Video\": {\n oops } }", "line 3 is not JSON")]
    [InlineData("[]", "an object of sections")]
    [InlineData("", "is not JSON")]
    public void Load_BrokenJson_NamesTheLine(string json, string part) =>
        Assert.Contains(part, Assert.Single(Load(json).Errors), StringComparison.Ordinal);

    [Fact]
    public void Load_MissingFile_IsAnError()
    {
        OptionsLoadResult result = GatewayOptionsLoader.Load("/nowhere/gateway.json", []);
        Assert.StartsWith("/nowhere/gateway.json: cannot be read", Assert.Single(result.Errors), StringComparison.Ordinal);
        Assert.False(result.IsValid);
    }

    [Theory]
    [InlineData("--Sip:Listen=", "Sip:Listen: empty: must name at least one")]
    [InlineData("--Sip:Listen=udp:127.0.0.1:5060,udp:127.0.0.1:5060", "Sip:Listen: \"udp:127.0.0.1:5060\" stands twice")]
    [InlineData("--Sip:Listen=udp:127.0.0.1:20000", "lies in the media ports")]
    [InlineData("--Sip:Listen=5060", "does not start with udp:, tcp: or tls:")]
    [InlineData("--Sip:AdvertisedAddress=a b", "neither an IP address nor a host name")]
    [InlineData("--Sip:AdvertisedPort=5060", "needs Sip:AdvertisedAddress")]
    [InlineData("--Sip:UserAgent=", "Sip:UserAgent: empty: must have 1 to 80 characters")]
    [InlineData("--Sip:UserAgent=a\rb", "control characters")]
    [InlineData("--Sip:T1Ms=10", "must be from 50 to 10000")]
    [InlineData("--Calls:AnswerDelayMs=60000", "must be shorter than Calls:SetupTimeoutSeconds (60 s)")]
    [InlineData("--Sip:TrustedPeers=10.0.0.0/99", "Sip:TrustedPeers")]
    [InlineData("--Cdr:Headers=X-Account,two words", "Cdr:Headers")]
    [InlineData("--Cdr:Headers=Proxy-Authorization", "Cdr:Headers")]
    [InlineData("--Rtp:BindAddresses=eth0", "Rtp:BindAddresses: \"eth0\" is not an IP address")]
    [InlineData("--Rtp:PortMin=20001", "must be even")]
    [InlineData("--Rtp:PortMin=29998", "must be at least 3 above")]
    [InlineData("--Rtp:PortMax=20099", "100 ports are too few for Calls:MaxCalls = 200, which needs 800")]
    [InlineData("--Rtp:JitterMinMs=300", "is above Rtp:JitterMaxMs (200)")]
    [InlineData("--Rtp:MaxPacketBytes=1500", "must be from 256 to 1400")]
    [InlineData("--Audio:Codecs=opus,opus", "Audio:Codecs: opus stands twice")]
    [InlineData("--Audio:PacketTimeMs=30", "must be one of 10, 20, 40, 60")]
    [InlineData("--Video:Width=513", "must be even")]
    [InlineData("--Video:OfferProfileLevelId=640028", "not a Baseline profile")]
    [InlineData("--Video:OfferProfileLevelId=42e00e", "ends in no level")]
    [InlineData("--Video:OfferProfileLevelId=42c00c", "(level 1.2) is too low for 512x512 at 25 frames/s and 600 kbit/s; level 3 has it: 42c01e")]
    [InlineData("--Video:OfferProfileLevelId=42e0", "must match")]
    [InlineData("--Video:H264Encoder=rm -rf", "must match")]
    [InlineData("--Video:KeyFrameIntervalSeconds=1", "is above Video:KeyFrameIntervalSeconds (1)")]
    [InlineData("--Avatar:Default=nobody", "there is no avatar \"nobody\"; there are jonas, maya")]
    [InlineData("--Avatar:ByIdentity:bob=nobody", "Avatar:ByIdentity:bob: there is no avatar")]
    [InlineData("--Http:Listen=8080", "Http:Listen: \"8080\" has no port")]
    [InlineData("--Http:Listen=example.com:80", "must have an IP address or localhost")]
    [InlineData("--Http:Listen=0.0.0.0:5060", "is a TCP point of Sip:Listen too")]
    public void Validate_OneBadSetting_GivesOneClearLine(string argument, string part) =>
        Assert.Contains(part, Assert.Single(Load("{}", argument).Errors), StringComparison.Ordinal);

    [Theory]
    [InlineData(240, 320, 15, 384, "42c00c")]
    [InlineData(720, 1280, 25, 1500, "42e01f")]
    [InlineData(512, 512, 25, 600, "42c01e")]
    public void Validate_PictureWithinItsLevel_IsGood(int width, int height, int rate, int kbps, string profile) => LoadGood(
        "{}", $"--Video:Width={width}", $"--Video:Height={height}", $"--Video:FramesPerSecond={rate}", $"--Video:BitRateKbps={kbps}",
        $"--Video:OfferProfileLevelId={profile}");

    [Theory]
    [InlineData("--ObjectStore:Endpoint=s3.example.com", "ObjectStore:Endpoint: \"s3.example.com\" is no URL")]
    [InlineData("--ObjectStore:AccessKeyId=a", "go together")]
    [InlineData("--ObjectStore:SecretAccessKey=a", "go together")]
    public void Validate_ObjectStoreSetHalf_GivesOneClearLine(string argument, string part) =>
        Assert.Contains(part, Assert.Single(Load("{}", "--ObjectStore:Bucket=b", argument).Errors), StringComparison.Ordinal);

    [Fact]
    public void Validate_AnnouncementWithoutFile_IsAnError()
    {
        OptionsLoadResult result = Load("{}", "--Audio:ReturnMode=announcement", "--Audio:AnnouncementPath=no/such.wav");
        Assert.Contains("no/such.wav", Assert.Single(result.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Find_FileBesideProgramsParent_IsFoundFromAnywhere()
    {
        DirectoryInfo root = Directory.CreateTempSubdirectory("avatar2d-find-");
        try
        {
            string bin = Path.Combine(root.FullName, "a", "b");
            string empty = Path.Combine(root.FullName, "empty");
            Directory.CreateDirectory(bin);
            Directory.CreateDirectory(empty);
            Directory.CreateDirectory(Path.Combine(root.FullName, "a", "config"));
            string file = Path.Combine(root.FullName, "a", "config", "x.json");
            File.WriteAllText(file, "{}");
            Assert.Equal(file, InstallationFiles.Find("config/x.json", empty, bin));
            Assert.Null(InstallationFiles.Find("config/y.json", empty, bin));
            Assert.Equal(file, InstallationFiles.Find(file, empty, bin));
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }
}
