using Avatar2D.Sip.Sessions;

namespace Avatar2D.Sip.Tests.UserAgent;

public sealed class ThousandCallsTests
{
    [Fact]
    public void Calls_ThousandOnALossyWire_LeaveNothingBehind()
    {
        var stage = new Stage();
        var random = new Random(7);
        stage.Wire.Lose = _ => random.Next(10) == 0;
        var sinks = new List<RecordingSink>();
        for (var i = 0; i < 1_000; i++)
        {
            var (call, sink) = stage.Call(Stage.Offer);
            sinks.Add(sink);
            if (i % 7 == 0)
            {
                call.Hangup();
            }

            stage.Wire.Pump();
        }

        stage.Pass(10);
        foreach (var (call, i) in stage.Bob.Calls.Select((c, i) => (c.Call, i)))
        {
            _ = (i % 3) switch { 0 => call.Accept(Stage.Answer), 1 => call.Reject(486), _ => call.Ring() };
        }

        stage.Pass(40);
        foreach (var (call, _) in stage.Bob.Calls)
        {
            call.Hangup();
        }

        stage.Pass(40);
        Assert.All(sinks, sink => Assert.Equal(1, sink.Count<SipSessionEvent.Terminated>()));
        Assert.All(stage.Bob.Calls, call => Assert.Equal(1, call.Sink.Count<SipSessionEvent.Terminated>()));
        Assert.True(stage.Bob.Calls.Count(call => call.Sink.Count<SipSessionEvent.AckReceived>() == 1) > 200);
        stage.AssertNothingLeft();
    }
}
