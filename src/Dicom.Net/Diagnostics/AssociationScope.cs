using System.Collections;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dicom.Net.Diagnostics;

/// <summary>
/// The log of one association: each of its lines stands in a scope that bears the association's id, and so do the application's, while a
/// callback runs.
/// </summary>
/// <remarks>A scope is begun where a line is written or a callback is made with a logger that takes lines; without one there is none.</remarks>
internal sealed class AssociationScope : ILogger, IReadOnlyList<KeyValuePair<string, object?>>
{
    private readonly ILogger _log;
    private readonly long _id;
    private readonly EndPoint _peer;

    private AssociationScope(ILogger log, long id, EndPoint peer) => (_log, _id, _peer) = (log, id, peer);

    public int Count => 2;

    public KeyValuePair<string, object?> this[int index] => index switch
    {
        0 => new("AssociationId", _id),
        1 => new("Peer", _peer),
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    /// <summary>A log whose lines stand in the scope; the same log where nobody reads it.</summary>
    public static ILogger Around(ILogger log, long id, EndPoint peer) =>
        log is NullLogger ? log : new AssociationScope(log, id, peer);

    /// <summary>The scope for a callback; null where nobody would see it.</summary>
    public static IDisposable? Enter(ILogger log) =>
        log is AssociationScope scope && scope._log.IsEnabled(LogLevel.Critical) ? scope._log.BeginScope(scope) : null;

    public bool IsEnabled(LogLevel logLevel) => _log.IsEnabled(logLevel);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => _log.BeginScope(state);

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        using (_log.BeginScope(this))
        {
            _log.Log(logLevel, eventId, state, exception, formatter);
        }
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        yield return this[0];
        yield return this[1];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"association {_id} with {_peer}");
}
