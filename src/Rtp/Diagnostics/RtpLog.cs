using System.Net;
using Microsoft.Extensions.Logging;

namespace Avatar2D.Rtp.Diagnostics;

/// <summary>Log messages of this project, ids from 3000. Never per packet.</summary>
internal static partial class RtpLog
{
    [LoggerMessage(3000, LogLevel.Information, "Media on port {Port} comes from {Source} instead of the address in the SDP; sending there")]
    public static partial void Latched(ILogger logger, int port, IPEndPoint source);

    [LoggerMessage(3001, LogLevel.Error, "The consumer of media on port {Port} failed; further failures of this stream are not logged")]
    public static partial void SinkFailed(ILogger logger, int port, Exception exception);

    [LoggerMessage(3002, LogLevel.Debug, "Media on port {Port} closed: {Sent} packets sent, {Received} received, {Lost} lost")]
    public static partial void Closed(ILogger logger, int port, long sent, long received, long lost);

    [LoggerMessage(3003, LogLevel.Debug, "Port {Port}: DTLS handshake done, {Suite}")]
    public static partial void DtlsDone(ILogger logger, int port, string suite);

    [LoggerMessage(3004, LogLevel.Warning, "Port {Port}: DTLS handshake failed, no media will flow: {Reason}")]
    public static partial void DtlsFailed(ILogger logger, int port, string reason);

    [LoggerMessage(3005, LogLevel.Debug, "Port {Port}: ICE chose {Remote}")]
    public static partial void Nominated(ILogger logger, int port, IPEndPoint remote);
}
