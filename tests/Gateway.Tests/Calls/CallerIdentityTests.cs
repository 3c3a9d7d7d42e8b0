using Avatar2D.Gateway.Calls;
using Avatar2D.Gateway.Options;
using Avatar2D.Sip.Messages;

namespace Avatar2D.Gateway.Tests.Calls;

/// <summary>Nobody borrows another's face: the settings name avatars for those who are vouched for.</summary>
public sealed class CallerIdentityTests
{
    private static readonly SipUri Boss = UriOf("sip:boss@example.com");
    private static readonly AvatarOptions Options = new()
    {
        Default = "maya", ByIdentity = new Dictionary<string, string> { ["boss@example.com"] = "jonas", ["201"] = "kiko" },
    };

    [Fact]
    public void For_AssertedCaller_HasTheNamedAvatar()
    {
        Assert.Equal("jonas", Shown(Options, new CallerIdentity(Boss, Boss)));
        Assert.Equal("kiko", Shown(Options, new CallerIdentity(UriOf("sip:201@pbx"), UriOf("sip:201@pbx"))));
    }

    [Fact]
    public void For_ForgedFrom_HasTheDefault() => Assert.Equal("maya", Shown(Options, new CallerIdentity(Boss, null)));

    [Fact]
    public void For_FromThatIsBelieved_HasTheNamedAvatar() =>
        Assert.Equal("jonas", Shown(Options with { BelieveFrom = true }, new CallerIdentity(Boss, null)));

    [Fact]
    public void For_AssertedStrangerWithForgedFrom_HasTheDefault() =>
        Assert.Equal("maya", Shown(Options with { BelieveFrom = true }, new CallerIdentity(Boss, UriOf("sip:eve@example.com"))));

    [Fact]
    public void For_AssertedCallerWhoWithholdsTheNumber_HasTheDefault() =>
        Assert.Equal("maya", Shown(Options, new CallerIdentity(Boss, Boss) { IsWithheld = true }));

    private static string? Shown(AvatarOptions options, CallerIdentity caller) => new SettingsPictures(options).For(caller).Avatar;

    private static SipUri UriOf(string text) => SipUri.TryParse(text, out SipUri? uri) ? uri : throw new ArgumentException(text);
}
