using Avatar2D.Gateway.Subscribers;
using Avatar2D.Sip.Messages;

namespace Avatar2D.Gateway.Tests.Subscribers;

public sealed class SubscriberIdentityTests
{
    [Theory]
    [InlineData("sip:ana@example.com", "sip:ana@example.com")]
    [InlineData("SIPS:Ana@EXAMPLE.com:5061;transport=tls?x=y", "sip:Ana@example.com")]
    [InlineData("sip:%61na@example.com", "sip:ana@example.com")]
    [InlineData("tel:+49-(30)-12.345;phone-context=x", "tel:+493012345")]
    [InlineData(" +49 30 12345 ", "tel:+493012345")]
    public void TryNormalize_AnySpelling_OneForm(string written, string expected)
    {
        Assert.True(SubscriberIdentity.TryNormalize(written, out string? identity, out string? error), error);
        Assert.Equal(expected, identity);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ana@example.com")]
    [InlineData("sip:example.com")]
    [InlineData("tel:030-12345")]
    [InlineData("tel:+")]
    [InlineData("tel:+1234567890123456")]
    [InlineData("tel:+49a")]
    [InlineData("mailto:ana@example.com")]
    public void TryNormalize_NoIdentity_RefusedWithReason(string written)
    {
        Assert.False(SubscriberIdentity.TryNormalize(written, out _, out string? error));
        Assert.NotEmpty(error);
    }

    [Theory]
    [InlineData("sip:+4930555@ims.example.net;user=phone", "sip:+4930555@ims.example.net", "tel:+4930555")]
    [InlineData("sip:ana@Example.com", "sip:ana@example.com")]
    [InlineData("sip:example.com")]
    public void Of_Caller_UriThenNumber(string caller, params string[] expected) =>
        Assert.Equal(expected, SubscriberIdentity.Of(SipUri.Parse(caller)));
}
