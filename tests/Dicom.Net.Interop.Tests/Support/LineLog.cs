using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Dicom.Net.Interop.Tests.Support;

/// <summary>The lines that a listener of the test's own process has logged.</summary>
internal sealed class LineLog : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<(LogLevel Level, int Id, string Line)> _lines = new();

    /// <summary>What is above a level, begin and end of listening apart.</summary>
    public string[] Above(LogLevel level) => [.. _lines.Where(line => line.Level > level && line.Id is not (1000 or 1001)).Select(line => line.Line)];

    public int Count(int id) => _lines.Count(line => line.Id == id);

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue((logLevel, eventId.Id, formatter(state, exception)));

    public void Dispose()
    {
        // The lines stay.
    }
}
