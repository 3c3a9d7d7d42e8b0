namespace Avatar2D.Sip.Transactions;

/// <summary>
/// Identity of a server transaction: branch, sent-by and method of the topmost Via's request, ACK and CANCEL standing for INVITE
/// where they are matched with it (RFC 3261 §17.2.3). RFC 2543 requests without the branch cookie use Call-ID, CSeq and From tag.
/// </summary>
internal readonly record struct ServerKey(string Branch, string SentBy, string Method);

/// <summary>Identity of a client transaction: branch and method of CSeq (RFC 3261 §17.1.3).</summary>
internal readonly record struct ClientKey(string Branch, string Method);

/// <summary>What two copies of one request over different ways share (RFC 3261 §8.2.2.2).</summary>
internal readonly record struct MergeKey(string CallId, string FromTag, uint CSeq, string Method);
