namespace Avatar2D.Sip.Resolving;

/// <summary>A transport that a domain offers (RFC 3263 §4.1, RFC 2915).</summary>
/// <param name="Order">The lowest comes first.</param>
/// <param name="Preference">The lowest of an order comes first.</param>
/// <param name="Service">As <c>SIP+D2U</c>.</param>
/// <param name="Replacement">Name of the SRV records to ask for next.</param>
internal readonly record struct NaptrService(int Order, int Preference, string Service, string Replacement);
