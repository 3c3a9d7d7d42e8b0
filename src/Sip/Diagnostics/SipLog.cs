using System.Net;
using Microsoft.Extensions.Logging;

namespace Avatar2D.Sip.Diagnostics;

/// <summary>Log lines of the SIP stack, ids from 2000. No user parts of URIs above Debug.</summary>
internal static partial class SipLog
{
    [LoggerMessage(2000, LogLevel.Information, "SIP is heard at {Protocol}:{Endpoint}")]
    public static partial void Listening(ILogger logger, string protocol, IPEndPoint endpoint);

    [LoggerMessage(2001, LogLevel.Warning, "Dropped {Count} messages that are no SIP from {Address}, the last one because: {Reason}")]
    public static partial void GarbageDropped(ILogger logger, long count, IPAddress address, string reason);

    [LoggerMessage(2002, LogLevel.Warning, "Refused a connection from {Address}: too many are open")]
    public static partial void ConnectionRefused(ILogger logger, IPAddress address);

    [LoggerMessage(2003, LogLevel.Debug, "Connection with {Address} ended: {Reason}")]
    public static partial void ConnectionFailed(ILogger logger, IPAddress address, string reason);

    [LoggerMessage(2004, LogLevel.Warning, "Closed the connection with {Address}: its stream cannot be split into messages")]
    public static partial void StreamBroken(ILogger logger, IPAddress address);

    [LoggerMessage(2005, LogLevel.Debug, "Could not send to {Endpoint}")]
    public static partial void SendFailed(ILogger logger, IPEndPoint endpoint);

    [LoggerMessage(2006, LogLevel.Information, "No ACK for the failure answer to call {CallId}")]
    public static partial void FailureNotAcknowledged(ILogger logger, string callId);

    [LoggerMessage(2007, LogLevel.Error, "A message from {Endpoint} could not be handled")]
    public static partial void HandlingFailed(ILogger logger, Exception exception, IPEndPoint endpoint);

    [LoggerMessage(2008, LogLevel.Warning, "The mailbox of call {CallId} is full: {Event} is lost")]
    public static partial void MailboxFull(ILogger logger, string callId, string @event);

    [LoggerMessage(2009, LogLevel.Debug, "Call {CallId} comes in from {Endpoint}")]
    public static partial void CallIncoming(ILogger logger, string callId, IPEndPoint endpoint);

    [LoggerMessage(2010, LogLevel.Debug, "Call {CallId} ended: {Cause} {Status}")]
    public static partial void CallEnded(ILogger logger, string callId, string cause, int status);

    [LoggerMessage(2011, LogLevel.Debug, "Call {CallId}: an extra fork answered and is ended")]
    public static partial void ForkEnded(ILogger logger, string callId);

    [LoggerMessage(2012, LogLevel.Error, "The handler of incoming calls failed for call {CallId}")]
    public static partial void HandlerFailed(ILogger logger, Exception exception, string callId);

    [LoggerMessage(2013, LogLevel.Warning, "No address for {Host}: {Reason}")]
    public static partial void NotResolved(ILogger logger, string host, string reason);

    [LoggerMessage(2022, LogLevel.Warning, "No answer over {Protocol} from {Endpoint}: other places of the same name are tried first for a minute")]
    public static partial void PlaceFailed(ILogger logger, string protocol, IPEndPoint endpoint);

    [LoggerMessage(2014, LogLevel.Debug, "Answer to no request of ours from {Endpoint}")]
    public static partial void StrayResponse(ILogger logger, IPEndPoint endpoint);

    [LoggerMessage(2015, LogLevel.Information, "Closed the connection with {Address}: it does not answer pings any more")]
    public static partial void PingUnanswered(ILogger logger, IPAddress address);

    [LoggerMessage(2016, LogLevel.Information, "Certificates are loaded: {Names}")]
    public static partial void CertificatesLoaded(ILogger logger, string names);

    [LoggerMessage(2017, LogLevel.Error, "Changed certificates cannot be loaded, the old ones stay in use: {Reason}")]
    public static partial void CertificatesKept(ILogger logger, string reason);

    [LoggerMessage(2018, LogLevel.Information, "{Endpoint} takes no TCP: long requests go to it over UDP")]
    public static partial void OnlyUdp(ILogger logger, IPEndPoint endpoint);

    [LoggerMessage(2019, LogLevel.Warning, "A caller at {Address} gave wrong credentials")]
    public static partial void CredentialsWrong(ILogger logger, IPAddress address);

    [LoggerMessage(2020, LogLevel.Information, "Registered at {Registrar} for {Seconds} s")]
    public static partial void Registered(ILogger logger, string registrar, int seconds);

    [LoggerMessage(2021, LogLevel.Warning, "Not registered at {Registrar}: {Status}; the next try in {Seconds} s")]
    public static partial void NotRegistered(ILogger logger, string registrar, int status, int seconds);
}
