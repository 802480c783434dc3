using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Dicom.Net.Tests.Support;

/// <summary>One line of a log.</summary>
internal sealed record LogEntry(LogLevel Level, EventId Id, string Message, Exception? Exception);

/// <summary>Keeps what is logged, at every level, so that a test can ask for it.</summary>
internal sealed class RecordingLogger : ILogger
{
    private readonly ConcurrentQueue<LogEntry> _entries = new();

    public IReadOnlyCollection<LogEntry> Entries => _entries;

    public int Count(int eventId) => _entries.Count(entry => entry.Id.Id == eventId);

    /// <summary>The entries that a healthy run does not have.</summary>
    public IEnumerable<LogEntry> Errors => _entries.Where(entry => entry.Level >= LogLevel.Error);

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        => _entries.Enqueue(new LogEntry(logLevel, eventId, formatter(state, exception), exception));

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;
}
