namespace Avatar2D.Gateway.Calls;

/// <summary>Log lines of calls, ids 1100 to 1199 of the Gateway's range.</summary>
internal static partial class CallLog
{
    [LoggerMessage(1100, LogLevel.Information, "Call {CallId} from {Peer}: avatar {Avatar}")]
    public static partial void Started(ILogger logger, string callId, string peer, string avatar);

    [LoggerMessage(1101, LogLevel.Information, "Call {CallId} ended: {Reason}")]
    public static partial void Ended(ILogger logger, string callId, string reason);

    [LoggerMessage(1102, LogLevel.Information, "Call {CallId}: the picture is {Picture}")]
    public static partial void PictureChanged(ILogger logger, string callId, string picture);

    [LoggerMessage(1103, LogLevel.Warning, "A call was refused: {Reason}")]
    public static partial void Refused(ILogger logger, string reason);

    [LoggerMessage(1104, LogLevel.Error, "The {Stream} stream of a call failed and has stopped")]
    public static partial void StreamFailed(ILogger logger, string stream, Exception exception);

    [LoggerMessage(1105, LogLevel.Warning, "Avatar {Avatar} cannot be loaded: {Reason}")]
    public static partial void WarmUpFailed(ILogger logger, string avatar, string reason);

    [LoggerMessage(1106, LogLevel.Debug, "A key was pressed")]
    public static partial void KeyPressed(ILogger logger);

    [LoggerMessage(1107, LogLevel.Error, "Call {CallId}: a bug; the call is ended")]
    public static partial void Broken(ILogger logger, string callId, Exception exception);

    [LoggerMessage(1108, LogLevel.Debug, "Call {CallId}: {Input} -> {Phase}, picture {Picture}")]
    public static partial void Step(ILogger logger, string callId, string input, string phase, string picture);

    [LoggerMessage(1109, LogLevel.Warning, "The media address {Host} cannot be found: {Reason}")]
    public static partial void NameNotFound(ILogger logger, string host, string reason);

    [LoggerMessage(1113, LogLevel.Warning, "The far end wants {Kind} at {Address}, but this call's media socket is at {Local}: nothing can be sent there, so there is none. Add an address of that family to Rtp:BindAddresses, or let the far end use one of this family")]
    public static partial void OtherFamily(ILogger logger, string kind, string address, string local);

    [LoggerMessage(1110, LogLevel.Error, "Call {CallId}: its media did not close")]
    public static partial void CloseFailed(ILogger logger, string callId, Exception exception);

    [LoggerMessage(1112, LogLevel.Error, "Avatar {Avatar} cannot speak, its loop is shown as it is")]
    public static partial void SpeechFailed(ILogger logger, string avatar, Exception exception);

    [LoggerMessage(1111, LogLevel.Error, "A call could not be set up")]
    public static partial void SetUpFailed(ILogger logger, Exception exception);
}
