using System.Diagnostics;

namespace Dicom.Net;

/// <summary>
/// The one <see cref="DicomNet"/> of a <see cref="DicomAssociation"/>: what its callbacks tell completes what callers await. Messages, windows,
/// roles, queues and time limits are its base's.
/// </summary>
/// <remarks>
/// <para>Rule 1: an operation is registered before it is sent, since its response may come before the call that sends it returns.</para>
/// <para>Rule 2: of several reasons for the end the first counts: after a rejection, say, the connection ends, too.</para>
/// <para>Rule 3: nothing of the caller's runs under a lock, and nothing awaited goes on inside a callback.</para>
/// </remarks>
internal sealed partial class RequestorNet(DicomAssociate proposal, DicomAssociationOptions options)
    : DicomNet(options.Folder, options.Security, options.Network)
{
    private readonly TaskCompletionSource<DicomAssociate> _accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _ending = new();

    // By message id. Also the lock.
    private readonly Dictionary<int, PendingOperation> _operations = [];
    private DicomException? _end;
    private bool _isReleased;

    /// <summary>Whether requests may be sent.</summary>
    public bool IsOpen => EndSoFar is null && IsAssociated();

    /// <summary>Whether any request waits for its final response.</summary>
    public bool HasOperations
    {
        get
        {
            lock (_operations)
            {
                return _operations.Count > 0;
            }
        }
    }

    /// <summary>Completes when the connection has ended, however that was.</summary>
    public Task Ended => _closed.Task;

    private DicomException? EndSoFar => Volatile.Read(ref _end);

    /// <summary>Connects, secures the link where it is to be secure, and asks for the association.</summary>
    /// <returns>The peer's answer.</returns>
    public async Task<DicomAssociate> OpenAsync(string host, int port, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _opener = Activity.Current;
        Connect(options.ClientAddress, 0, host, port, options.IpType).ThrowIfFailed();
        return await OrAbortAsync(_accepted.Task, "opening it was cancelled", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a request and awaits its final response.</summary>
    public async Task<DicomResponse> InvokeAsync(PendingOperation operation, CancellationToken cancellationToken)
    {
        await BeginAsync(operation, cancellationToken).ConfigureAwait(false);
        try
        {
            return await operation.Final.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await StopAsync(operation).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Sends a request as soon as there is room for it.</summary>
    public async Task BeginAsync(PendingOperation operation, CancellationToken cancellationToken)
    {
        DicomNetResult result;
        do
        {
            cancellationToken.ThrowIfCancellationRequested(); // There may be room at once, and then nothing waits.
            await ReadyToSendAsync(cancellationToken).ConfigureAwait(false);
            result = Send(operation);
        }
        while (result.Code == DicomExceptionCode.NetQueueFull); // Somebody else was faster.

        if (!result.IsSuccess)
        {
            throw EndSoFar ?? new DicomException(result);
        }
    }

    /// <summary>
    /// Ends an operation that nobody awaits any more: takes it back while it waits for its turn, else by a C-CANCEL where it has one, and when
    /// that has no effect in time, or there is none, with the association.
    /// </summary>
    public async Task StopAsync(PendingOperation operation)
    {
        operation.GiveUp();
        if (operation.Final.IsCompleted || TryWithdraw(operation))
        {
            return;
        }

        if (!operation.IsCancellable)
        {
            Abort("an operation that cannot be cancelled alone was cancelled");
            return;
        }

        using var late = new CancellationTokenSource(options.CancelTimeout, options.Network.TimeProvider);
        try
        {
            await SendCancelAsync(operation, late.Token).ConfigureAwait(false);
            await operation.Final.WaitAsync(late.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (TryWithdraw(operation))
        {
            // There was no room for it after all, just when it was to go out.
        }
        catch (OperationCanceledException)
        {
            Abort($"the peer did not end a cancelled operation within {options.CancelTimeout}");
        }
        catch (DicomException)
        {
            // The association has ended, and the operation with it: that is what was wanted.
        }
    }

    /// <summary>Releases the association and awaits the end of the connection.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        if (HasOperations)
        {
            throw new InvalidOperationException("Operations are under way: await them before the release, or call Abort.");
        }

        if (EndSoFar is null && SendReleaseRequest() is { IsSuccess: false } failure && EndSoFar is null)
        {
            throw new DicomException(failure);
        }

        await OrAbortAsync(_closed.Task, "its release was cancelled", cancellationToken).ConfigureAwait(false);
        if (!_isReleased)
        {
            throw EndSoFar!;
        }
    }

    /// <summary>Ends the association, or the attempt to open it, at once.</summary>
    /// <param name="why">For who awaits something of it.</param>
    public void Abort(string why)
    {
        End(new DicomAbortException(why));
        Close();
    }

    private DicomNetResult Send(PendingOperation operation)
    {
        int messageId;
        lock (_operations)
        {
            if (_end is not null)
            {
                throw _end;
            }

            do
            {
                messageId = NextMessageID();
            }
            while (!_operations.TryAdd(messageId, operation));
        }

        var result = default(DicomNetResult?);
        try
        {
            result = operation.Send(messageId);
            return result.Value;
        }
        finally
        {
            // Not sent, also where a file cannot be read: it must not keep the association from being released.
            if (result is not { IsSuccess: true })
            {
                Take(messageId);
            }
        }
    }

    /// <summary>What only waits for its turn ends alone: the operations of others go on.</summary>
    private bool TryWithdraw(PendingOperation operation)
    {
        var messageId = operation.MessageId;
        if (Find(messageId) != operation || !TryWithdraw(messageId))
        {
            return false;
        }

        Take(messageId)?.Fail(new OperationCanceledException("The request was taken back before its turn had come."));
        return true;
    }

    private async Task SendCancelAsync(PendingOperation operation, CancellationToken late)
    {
        while (SendCCancelRequest(operation.ContextId, operation.MessageId).Code == DicomExceptionCode.NetQueueFull)
        {
            await ReadyToSendAsync(late).ConfigureAwait(false);
        }
    }

    private async Task OrAbortAsync(Task task, string why, CancellationToken cancellationToken)
    {
        try
        {
            await task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Abort(why);
            throw;
        }
    }

    private async Task<T> OrAbortAsync<T>(Task<T> task, string why, CancellationToken cancellationToken)
    {
        await OrAbortAsync((Task)task, why, cancellationToken).ConfigureAwait(false);
        return await task.ConfigureAwait(false);
    }

    private void End(DicomException reason)
    {
        PendingOperation[] lost;
        lock (_operations)
        {
            _end ??= reason;
            reason = _end;
            lost = [.. _operations.Values];
            _operations.Clear();
        }

        _accepted.TrySetException(reason);
        _ = _accepted.Task.Exception; // Whoever opened it may have gone.
        _ = _ending.CancelAsync();
        foreach (var operation in lost)
        {
            operation.LetGo();
            operation.Fail(reason);
        }
    }

    private PendingOperation? Find(int messageId)
    {
        lock (_operations)
        {
            return _operations.GetValueOrDefault(messageId);
        }
    }

    private PendingOperation? Take(int messageId)
    {
        lock (_operations)
        {
            _operations.Remove(messageId, out var operation);
            return operation;
        }
    }
}
