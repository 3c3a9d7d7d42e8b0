using Microsoft.Extensions.Logging;

namespace Avatar2D.Sip.Transports;

/// <summary>Real sockets. TLS needs <paramref name="security"/>.</summary>
internal sealed class SocketTransportFactory(
    SipTransportOptions options, TimeProvider time, ILogger logger, ISipStreamSecurity? security) : ISipTransportFactory
{
    /// <inheritdoc/>
    public ISipTransport Create(SipListeningPoint point) => point.Protocol switch
    {
        SipTransportProtocol.Udp => new UdpSipTransport(point, options),
        SipTransportProtocol.Tcp => new TcpSipTransport(point, options, time, logger),
        _ when security is not null => new TcpSipTransport(point, options, time, logger, security),
        _ => throw new NotSupportedException("A TLS listening point needs certificates."),
    };
}
