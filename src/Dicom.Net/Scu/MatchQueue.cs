using System.Threading.Channels;

namespace Dicom.Net;

/// <summary>
/// Matches on their way from the association to who enumerates them. It is never full for who adds: past the bound it asks for a pause,
/// which holds the peer back. So nothing is lost where the association ends and the pause with it.
/// </summary>
internal sealed class MatchQueue(int bound)
{
    private readonly Channel<DicomDataSet> _matches = Channel.CreateUnbounded<DicomDataSet>();
    private readonly Lock _gate = new();
    private TaskCompletionSource? _pause;
    private int _count;
    private bool _isLetGo;
    private bool _isGivenUp;

    public void Add(DicomDataSet match)
    {
        lock (_gate)
        {
            if (!_isGivenUp && _matches.Writer.TryWrite(match))
            {
                _count++;
                return;
            }
        }

        match.Dispose();
    }

    /// <summary>No more will come.</summary>
    public void End(Exception? error = null) => _matches.Writer.TryComplete(error);

    /// <summary>Completes when there is room for more.</summary>
    public Task RoomAsync()
    {
        lock (_gate)
        {
            if (_count < bound || _isLetGo)
            {
                return Task.CompletedTask;
            }

            _pause ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _pause.Task;
        }
    }

    /// <summary>There are no more pauses, whoever enumerates or does not.</summary>
    public void LetGo()
    {
        lock (_gate)
        {
            _isLetGo = true;
            _pause?.TrySetResult();
        }
    }

    /// <summary>Nobody enumerates any more: what waits and what comes is dropped.</summary>
    public void GiveUp()
    {
        lock (_gate)
        {
            _isGivenUp = true;
        }

        LetGo();
        while (_matches.Reader.TryRead(out var match))
        {
            match.Dispose();
        }
    }

    /// <summary>The matches as they come; ends, or throws, when no more will come.</summary>
    public async ValueTask<DicomDataSet?> NextAsync(CancellationToken cancellationToken)
    {
        while (await _matches.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (_matches.Reader.TryRead(out var match))
            {
                Taken();
                return match;
            }
        }

        return null;
    }

    private void Taken()
    {
        lock (_gate)
        {
            if (--_count < bound)
            {
                _pause?.TrySetResult();
                _pause = null;
            }
        }
    }
}
