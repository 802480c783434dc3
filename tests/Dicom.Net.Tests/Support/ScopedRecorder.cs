using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Dicom.Net.Tests.Support;

/// <summary>Keeps the lines, each with the number that the scope around it bears.</summary>
internal sealed class ScopedRecorder : ILogger
{
    private readonly AsyncLocal<long> _scope = new();

    public ConcurrentQueue<(int Id, long AssociationId)> Lines { get; } = new();

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        var before = _scope.Value;
        _scope.Value = state is IReadOnlyList<KeyValuePair<string, object?>> pairs && pairs[0] is { Key: "AssociationId", Value: long id } ? id : before;
        return new End(() => _scope.Value = before);
    }

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        => Lines.Enqueue((eventId.Id, _scope.Value));

    private sealed class End(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
