namespace Avatar2D.Sip.Transports;

/// <summary>Puts TLS around a connected stream; without one a stream transport is plain TCP.</summary>
public interface ISipStreamSecurity
{
    /// <summary>
    /// The wrapped stream after the handshake. Throws <see cref="IOException"/> or <see
    /// cref="System.Security.Authentication.AuthenticationException"/> when it fails.
    /// </summary>
    /// <param name="stream">The connected stream.</param>
    /// <param name="destination">The far end; its host name, or else its address, is what its certificate must bear.</param>
    /// <param name="weOpened">We are the client of the handshake.</param>
    /// <param name="cancellation">Ends the handshake.</param>
    ValueTask<Stream> WrapAsync(Stream stream, SipDestination destination, bool weOpened, CancellationToken cancellation);
}
