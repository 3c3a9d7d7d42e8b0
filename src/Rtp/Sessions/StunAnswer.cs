using System.Net;

namespace Avatar2D.Rtp.Sessions;

/// <summary>Sends the answer to a connectivity check.</summary>
/// <param name="datagram">The answer.</param>
/// <param name="target">Where the check came from; valid during the call only.</param>
/// <param name="onRtcpSocket">The check came to the RTCP socket.</param>
internal delegate void StunAnswer(ReadOnlySpan<byte> datagram, SocketAddress target, bool onRtcpSocket);
