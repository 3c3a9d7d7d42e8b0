using System.Text;
using Avatar2D.Gateway.Calls.Machine;
using Avatar2D.Sip.Sessions;

namespace Avatar2D.Gateway.Tests.Calls.Machine;

/// <summary>Keys that come by INFO.</summary>
public sealed class DtmfInfoTests
{
    private readonly CallDriver _call = new();

    [Theory]
    [InlineData("application/dtmf-relay", "Signal=5\r\nDuration=160\r\n", '5')]
    [InlineData("Application/DTMF-Relay; charset=utf-8", "Duration=160\nsignal = *", '*')]
    [InlineData("application/dtmf-relay", "Signal=11", '#')] // By event code.
    [InlineData("application/dtmf-relay", "Signal=d", 'D')]
    [InlineData("application/dtmf", " 7\r\n", '7')]
    [InlineData("application/dtmf", "#", '#')]
    public void Info_Key_Pressed(string type, string body, char key)
    {
        _call.ToUp();
        _call.Signal(new SipSessionEvent.InfoReceived(type, Encoding.UTF8.GetBytes(body)));
        Assert.Equal(key, _call.Single<CallAction.KeyPressed>().Key);
    }

    [Theory]
    [InlineData("application/dtmf-relay", "")]
    [InlineData("application/dtmf-relay", "Signal=")]
    [InlineData("application/dtmf-relay", "Signal=16")]
    [InlineData("application/dtmf-relay", "Signal=-1")]
    [InlineData("application/dtmf-relay", "Signal=12345678901")]
    [InlineData("application/dtmf", "hello")]
    [InlineData("text/plain", "5")]
    public void Info_NoKey_Nothing(string type, string body)
    {
        _call.ToUp();
        _call.Signal(new SipSessionEvent.InfoReceived(type, Encoding.UTF8.GetBytes(body)));
        Assert.Empty(_call.Last);
    }
}
