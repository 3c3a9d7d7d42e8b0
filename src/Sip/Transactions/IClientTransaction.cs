using Avatar2D.Sip.Messages;

namespace Avatar2D.Sip.Transactions;

/// <summary>What the layer needs of both kinds of client transaction.</summary>
internal interface IClientTransaction
{
    /// <summary>Where it stands in the table.</summary>
    ClientKey Key { get; }

    /// <summary>A response that belongs to it.</summary>
    void OnResponse(SipResponse response);

    /// <summary>Lets go of the timers: the user agent stops.</summary>
    void Stop();
}
