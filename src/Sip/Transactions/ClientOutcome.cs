using Avatar2D.Sip.Messages;

namespace Avatar2D.Sip.Transactions;

/// <summary>What a client transaction tells its user.</summary>
internal enum ClientOutcome
{
    /// <summary>A response came.</summary>
    Response,

    /// <summary>None came in time: as good as 408 (RFC 3261 §8.1.3.1).</summary>
    Timeout,

    /// <summary>The request could not be sent: as good as 503 (§8.1.3.1).</summary>
    TransportError,
}

/// <summary>
/// Takes what a client transaction heard; <paramref name="response"/> is null unless <see cref="ClientOutcome.Response"/>. Must
/// not block.
/// </summary>
internal delegate void ClientUser(ClientOutcome outcome, SipResponse? response);
