using Microsoft.Extensions.Logging;

namespace Dicom.Net.Tool.Output;

/// <summary>The library's log as lines beside everything else.</summary>
internal sealed class LineLog(ToolOutput output, LogLevel least) : ILoggerFactory, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("This log has one reader: the terminal.");

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= least && logLevel != LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            var reason = exception is null ? "" : $" ({exception.Message})";
            output.Error($"{formatter(state, exception)}{reason}", logLevel >= LogLevel.Warning ? Tone.Doubtful : Tone.Faint);
        }
    }

    public void Dispose()
    {
        // Nothing is held.
    }
}
