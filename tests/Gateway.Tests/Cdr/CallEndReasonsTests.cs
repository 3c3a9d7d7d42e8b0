using Avatar2D.Gateway.Diagnostics;

namespace Avatar2D.Gateway.Tests.Cdr;

public sealed class CallEndReasonsTests
{
    [Fact]
    public void All_Rows_StandInTheOrderOfTheEnum() =>
        Assert.Equal(Enum.GetValues<CallEndReason>(), CallEndReasons.All.Select(i => i.Reason));

    [Fact]
    public void All_Tags_AreUniqueLowerCaseWords()
    {
        Assert.Equal(CallEndReasons.All.Count, CallEndReasons.All.Select(i => i.Tag).Distinct().Count());
        Assert.All(CallEndReasons.All, i => Assert.Matches("^[a-z]+(_[a-z]+)*$", i.Tag));
    }

    [Fact]
    public void All_Statuses_AreFinalFailuresAndCausesAreQ850()
    {
        Assert.All(CallEndReasons.All, i => Assert.InRange(i.SipStatus, 400, 699));
        Assert.All(CallEndReasons.All, i => Assert.InRange(i.Q850Cause, 1, 127));
    }

    [Fact]
    public void ReasonHeader_OfHangup_IsNormalClearing() =>
        Assert.Equal("Q.850;cause=16;text=\"the far end hung up\"", CallEndReason.RemoteHangup.Info().ReasonHeader);

    [Theory]
    [InlineData(486, CallEndReason.Busy)]
    [InlineData(600, CallEndReason.Busy)]
    [InlineData(480, CallEndReason.NoAnswer)]
    [InlineData(404, CallEndReason.NotFound)]
    [InlineData(487, CallEndReason.Cancelled)]
    [InlineData(488, CallEndReason.NoCommonCodec)]
    [InlineData(302, CallEndReason.Rejected)]
    [InlineData(603, CallEndReason.Rejected)]
    [InlineData(503, CallEndReason.TransportFailure)]
    public void FromStatus_FinalResponse_GivesReason(int status, CallEndReason expected) =>
        Assert.Equal(expected, CallEndReasons.FromStatus(status));
}
