namespace Dicom.Net;

/// <summary>A C-FIND under way.</summary>
internal sealed class FindOperation(byte contextId, Func<int, DicomNetResult> send, int matchesAhead) : PendingOperation(contextId, send)
{
    private readonly MatchQueue _matches = new(matchesAhead);

    public override bool IsCancellable => true;

    /// <summary>Whether the peer said of a match that it did not look at all keys: FF01H (PS3.4 Table C.4-1).</summary>
    public bool HasUnsupportedKeys { get; private set; }

    public void Add(DicomDataSet match, bool lacksKeys)
    {
        HasUnsupportedKeys |= lacksKeys;
        _matches.Add(match);
    }

    /// <summary>A match was lost: who enumerates is told, instead of being left with a gap.</summary>
    public void Fault(Exception error) => _matches.End(error);

    /// <summary>The next match; null when there are no more.</summary>
    public ValueTask<DicomDataSet?> NextAsync(CancellationToken cancellationToken) => _matches.NextAsync(cancellationToken);

    public override void Complete(DicomResponse response)
    {
        base.Complete(response);
        _matches.End();
    }

    public override void Fail(Exception error)
    {
        base.Fail(error);
        _matches.End(error);
    }

    public override void GiveUp() => _matches.GiveUp();

    public override ValueTask CaughtUpAsync() => new(_matches.RoomAsync());

    public override void LetGo() => _matches.LetGo();
}
