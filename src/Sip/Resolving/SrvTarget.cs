namespace Avatar2D.Sip.Resolving;

/// <summary>A host that offers a service (RFC 2782).</summary>
/// <param name="Priority">The lowest is tried first.</param>
/// <param name="Weight">Share among those of one priority.</param>
/// <param name="Host">Its name; <c>.</c> says that the service is not offered at all.</param>
/// <param name="Port">Its port.</param>
internal readonly record struct SrvTarget(int Priority, int Weight, string Host, int Port);
