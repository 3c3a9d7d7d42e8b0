namespace Avatar2D.Gateway.Phone;

/// <summary>Log lines of the test phone, ids 1200 to 1299 of the Gateway's range.</summary>
internal static partial class PhoneLog
{
    [LoggerMessage(1200, LogLevel.Error, "The {Stream} stream of the phone failed")]
    public static partial void StreamFailed(ILogger logger, string stream, Exception exception);
}
