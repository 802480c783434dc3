namespace Dicom.Net;

/// <summary>A listener's handlers whose connection has ended: calls to them may still run, they are told of the end, and disposed of.</summary>
internal sealed class EndingHandlers
{
    private readonly Lock _gate = new();
    private int _count;
    private TaskCompletionSource? _over;

    /// <summary>Those of one connection begin to end.</summary>
    public void Enter()
    {
        lock (_gate)
        {
            _count++;
        }
    }

    /// <summary>They have ended.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            if (--_count == 0)
            {
                _over?.TrySetResult();
                _over = null;
            }
        }
    }

    /// <summary>Completes when none is left.</summary>
    public Task WhenOver()
    {
        lock (_gate)
        {
            return _count == 0 ? Task.CompletedTask : (_over ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }
}
