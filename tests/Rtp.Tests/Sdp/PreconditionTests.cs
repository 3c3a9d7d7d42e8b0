using Avatar2D.Rtp.Sdp;

namespace Avatar2D.Rtp.Tests.Sdp;

public class PreconditionTests
{
    private static readonly SdpCapabilities Capabilities = SdpCapabilities.Default with { Preconditions = true };

    [Fact]
    public void Answer_HandsetWithoutResources_AsksForConfirmation()
    {
        AnswerResult result = Answer(Negotiation.Start(), SdpSamples.AndroidIms);

        Assert.Equal(["qos local sendrecv", "qos remote none"], result.Sdp.Media[1].AttributeValues("curr"));
        Assert.Equal(["qos mandatory local sendrecv", "qos mandatory remote sendrecv"], result.Sdp.Media[1].AttributeValues("des"));
        Assert.Equal(["qos remote sendrecv"], result.Sdp.Media[1].AttributeValues("conf"));
        Assert.All(result.Negotiated.Media, line => Assert.False(line.PreconditionsMet));
    }

    [Fact]
    public void Answer_UpdateWithResources_IsMetAndMediaIsLeftAlone()
    {
        AnswerResult first = Answer(Negotiation.Start(), SdpSamples.AndroidIms);
        AnswerResult update = Answer(first.State, SdpSamples.AndroidIms.Replace("a=curr:qos local none", "a=curr:qos local sendrecv", StringComparison.Ordinal));

        Assert.Equal(["qos local sendrecv", "qos remote sendrecv"], update.Sdp.Media[0].AttributeValues("curr"));
        Assert.Empty(update.Sdp.Media[0].AttributeValues("conf"));
        Assert.All(update.Negotiated.Media, line => Assert.True(line.PreconditionsMet));
        Assert.True(update.Negotiated.IsSameAs(first.Negotiated));
        SdpSession offer = OfferAnswer.CreateOffer(update.State, Capabilities, [Negotiation.Audio(), Negotiation.Video()]).Sdp;
        Assert.Equal(["qos local sendrecv", "qos remote sendrecv"], offer.Media[0].AttributeValues("curr"));
    }

    [Theory]
    [InlineData("a=des:qos optional local sendrecv", true)]
    [InlineData("a=des:qos mandatory local sendrecv", false)]
    [InlineData("a=curr:qos local none", true)]
    [InlineData("a=curr:qos local sendrecv\r\na=des:qos mandatory local sendrecv", true)]
    [InlineData("a=des:qos", true)]
    [InlineData("", true)]
    public void Met_StatusAndStrength_Decide(string lines, bool expected) =>
        Assert.Equal(expected, Answer(Negotiation.Start(), SdpSamples.SippAudio + lines + "\r\n").Negotiated.Audio!.PreconditionsMet);

    [Fact]
    public void Answer_NotSpoken_LeavesThemOut()
    {
        AnswerResult result = Negotiation.Answer(Negotiation.Start(), SdpSamples.AndroidIms, Negotiation.Audio());

        Assert.DoesNotContain("qos", result.Sdp.ToString(), StringComparison.Ordinal);
        Assert.True(result.Negotiated.Audio!.PreconditionsMet);
        Assert.Contains("a=des:qos optional remote sendrecv", result.State.Remote!.ToString(), StringComparison.Ordinal);
    }

    private static AnswerResult Answer(OfferAnswerState state, string offer)
    {
        Assert.True(OfferAnswer.TryCreateAnswer(
            state, SdpSamples.Parse(offer), Capabilities, [Negotiation.Audio(), Negotiation.Video()], out AnswerResult? result, out OfferAnswerError error), error.ToString());
        return result!;
    }
}
