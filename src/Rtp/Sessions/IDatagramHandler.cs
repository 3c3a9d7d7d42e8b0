using System.Net;

namespace Avatar2D.Rtp.Sessions;

/// <summary>Takes what a <see cref="DatagramLoop"/> reads.</summary>
internal interface IDatagramHandler
{
    /// <summary>One datagram; bytes (which may be decrypted in place) and address are valid during the call only.</summary>
    void OnDatagram(Span<byte> datagram, SocketAddress source, bool onRtcpSocket);

    /// <summary>The handler threw: a bug, logged once per session.</summary>
    void OnHandlerFailure(Exception exception);
}
