using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Parsing;

namespace Avatar2D.Sip.Transports;

/// <summary>Who takes what an <see cref="ISipTransport"/> received. Called from any thread; does not block.</summary>
public interface ISipTransportReceiver
{
    /// <summary>One whole message.</summary>
    void OnMessage(ISipTransport transport, SipDestination source, SipMessage message);

    /// <summary>Bytes that are no message.</summary>
    void OnRejected(ISipTransport transport, SipDestination source, SipParseError error);
}
