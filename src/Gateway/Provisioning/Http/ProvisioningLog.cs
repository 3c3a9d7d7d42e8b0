namespace Avatar2D.Gateway.Provisioning.Http;

/// <summary>Log lines of the API, ids 1600 to 1699 of the Gateway's range.</summary>
internal static partial class ProvisioningLog
{
    [LoggerMessage(1601, LogLevel.Error, "{Method} {Endpoint} failed")]
    public static partial void RequestFailed(ILogger logger, string method, string endpoint, Exception exception);
}
