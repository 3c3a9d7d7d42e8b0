using System.Threading.Channels;
using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Parsing;
using Avatar2D.Sip.Transports;

namespace Avatar2D.Sip.Tests.Transports;

/// <summary>Hands what a real transport received to the test.</summary>
internal sealed class SocketReceiver : ISipTransportReceiver
{
    private readonly Channel<(SipDestination Source, SipMessage? Message, SipParseError? Error)> _all =
        Channel.CreateUnbounded<(SipDestination, SipMessage?, SipParseError?)>();

    public void OnMessage(ISipTransport transport, SipDestination source, SipMessage message) =>
        _all.Writer.TryWrite((source, message, null));

    public void OnRejected(ISipTransport transport, SipDestination source, SipParseError error) =>
        _all.Writer.TryWrite((source, null, error));

    /// <summary>The next one; the test's own limit stops a wait that never ends.</summary>
    public async Task<(SipDestination Source, SipMessage? Message, SipParseError? Error)> Next() =>
        await _all.Reader.ReadAsync(TestContext.Current.CancellationToken);
}
