using System.Net;
using Avatar2D.Sip.Transports;

namespace Avatar2D.Sip.Resolving;

/// <summary>Where a request may be sent.</summary>
/// <param name="Protocol">Over what.</param>
/// <param name="Remote">To where.</param>
internal readonly record struct SipTarget(SipTransportProtocol Protocol, IPEndPoint Remote);
