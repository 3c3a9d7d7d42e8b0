namespace Avatar2D.Gateway.Hosting;

/// <summary>Log lines of start and stop, ids 1001 to 1099 of the Gateway's range.</summary>
internal static partial class HostLog
{
    [LoggerMessage(1001, LogLevel.Information, "Avatar {Avatar} is ready at {Width}x{Height}")]
    public static partial void AvatarReady(ILogger logger, string avatar, int width, int height);

    [LoggerMessage(1002, LogLevel.Information, "Draining: {Calls} calls may go on for {Seconds} s")]
    public static partial void Draining(ILogger logger, int calls, int seconds);

    [LoggerMessage(1003, LogLevel.Information, "Stopped")]
    public static partial void Stopped(ILogger logger);

    [LoggerMessage(1004, LogLevel.Information, "Drawing the avatar package of gallery character {Name} (once)")]
    public static partial void DrawingAvatar(ILogger logger, string name);

    [LoggerMessage(1005, LogLevel.Warning, "The avatar package of gallery character {Name} is damaged and is drawn again: {Reason}")]
    public static partial void DrawingAgain(ILogger logger, string name, string reason);

    [LoggerMessage(1008, LogLevel.Error, "Face model {Model} cannot be used, avatars do not speak: {Reason}")]
    public static partial void ModelUnusable(ILogger logger, string model, string reason);
}
