using Dicom.Net.Fuzz.Running;
using Dicom.Net.Fuzz.Targets;
using Microsoft.Extensions.Logging;

namespace Dicom.Net.Fuzz.Conversations;

/// <summary>A log in which nothing may stand that a healthy library does not say, and nothing that a terminal would obey.</summary>
internal sealed class FuzzLogger(FuzzCase fuzzCase) : ILogger, ILoggerFactory
{
    // The handler has answered what no response may say, or the peer takes no response.
    private const int AnswerOfAHandlerFailed = 3200;

    /// <summary>What should not have been logged. Null: nothing.</summary>
    public string? Fault { get; private set; }

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var line = formatter(state, exception);
        fuzzCase.Tell(() => $"  log {eventId.Id}: {line}");
        var isOurs = exception is null or FuzzHandlerException or DicomRefusalException or HandlerTimeoutException
            || (eventId.Id == AnswerOfAHandlerFailed && exception is DicomException);
        if (logLevel == LogLevel.Critical || (!isOurs && logLevel == LogLevel.Error))
        {
            Fault ??= $"{line}\n{exception}";
        }

        try
        {
            TextTarget.RequirePrintable(line);
        }
        catch (FuzzFinding finding)
        {
            Fault ??= finding.Message;
        }
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }
}
