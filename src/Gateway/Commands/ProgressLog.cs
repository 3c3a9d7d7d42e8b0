namespace Avatar2D.Gateway.Commands;

/// <summary>Writes log lines as plain progress: one short line each, warnings with their level.</summary>
internal sealed class ProgressLog(TextWriter writer) : ILoggerProvider, ILogger
{
    private readonly Lock _lock = new();

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => this;

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    /// <inheritdoc/>
    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        string level = logLevel > LogLevel.Information ? $"{logLevel}: " : "";
        string line = $"  {level}{formatter(state, exception)}{(exception is null ? "" : $" ({exception.Message})")}";
        lock (_lock)
            writer.WriteLine(line);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
