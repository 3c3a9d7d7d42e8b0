using System.Net;

namespace Avatar2D.Sip.Transports;

/// <summary>Puts TLS around a connected stream; without one a stream transport is plain TCP.</summary>
public interface ISipStreamSecurity
{
    /// <summary>
    /// The wrapped stream after the handshake. Throws <see cref="IOException"/> or <see
    /// cref="System.Security.Authentication.AuthenticationException"/> when it fails.
    /// </summary>
    ValueTask<Stream> WrapAsync(Stream stream, IPEndPoint remote, bool weOpened, CancellationToken cancellation);
}
