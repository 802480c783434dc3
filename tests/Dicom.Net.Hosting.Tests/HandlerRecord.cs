using System.Collections.Concurrent;

namespace Dicom.Net.Hosting.Tests;

/// <summary>What the handlers of a test have done: a singleton of its host.</summary>
internal sealed class HandlerRecord
{
    public ConcurrentQueue<RecordingStore> Made { get; } = [];

    /// <summary>While it is not set, instances are being kept.</summary>
    public TaskCompletionSource Free { get; set; } = new();

    public TaskCompletionSource Begun { get; } = new();
}

/// <summary>A handler made by the container, with something of the scope and something of all.</summary>
internal sealed class RecordingStore : ICStoreHandler, IAsyncDisposable
{
    private readonly HandlerRecord _record;

    public RecordingStore(HandlerRecord record, DicomAssociationContext association)
    {
        (_record, Association) = (record, association);
        record.Made.Enqueue(this);
    }

    public DicomAssociationContext Association { get; }

    public int Stores { get; private set; }

    public TaskCompletionSource Disposed { get; } = new();

    public bool WasCancelled { get; private set; }

    public async ValueTask<DicomOutcome> StoreAsync(DicomCStoreRequest request, CancellationToken cancellationToken)
    {
        Stores++;
        _record.Begun.TrySetResult();
        try
        {
            await _record.Free.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            WasCancelled = true;
            throw;
        }

        return DicomOutcome.Success;
    }

    public ValueTask DisposeAsync()
    {
        Disposed.SetResult();
        return default;
    }
}
