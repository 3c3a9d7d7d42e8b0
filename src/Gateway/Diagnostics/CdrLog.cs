namespace Avatar2D.Gateway.Diagnostics;

/// <summary>Log lines of the CDR writer, ids 1900 to 1909 of the Gateway's range.</summary>
internal static partial class CdrLog
{
    [LoggerMessage(1900, LogLevel.Error, "CDRs cannot be written to {Path}: {Reason}. {Waiting} wait in memory.")]
    public static partial void WriteFailed(ILogger logger, string path, string reason, int waiting);

    [LoggerMessage(1901, LogLevel.Information, "CDRs are written to {Path} again; {Count} had waited.")]
    public static partial void WriteRecovered(ILogger logger, string path, int count);

    [LoggerMessage(1902, LogLevel.Error, "{Count} CDRs were lost at the end: {Path} could not be written.")]
    public static partial void LostAtEnd(ILogger logger, string path, int count);
}
