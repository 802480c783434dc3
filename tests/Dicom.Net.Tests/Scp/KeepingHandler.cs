using System.Collections.Concurrent;

namespace Dicom.Net.Tests.Scp;

/// <summary>Makes room for instances, and tells what became of it.</summary>
internal sealed class KeepingHandler : ICStoreStartHandler, IDicomAssociationHandler
{
    private volatile int _starts, _stores;

    public bool KeepsAsUsual { get; init; }

    public int MostBytes { get; init; } = int.MaxValue;

    /// <summary>What AbandonedAsync throws, and StoreAsync.</summary>
    public Exception? Fault { get; init; }

    public Exception? StoreFault { get; init; }

    /// <summary>What StartAsync, StoreAsync and AbandonedAsync wait for.</summary>
    public Task Starting { get; init; } = Task.CompletedTask;

    public Task Storing { get; init; } = Task.CompletedTask;

    public Task Undoing { get; init; } = Task.CompletedTask;

    public TaskCompletionSource? Ended { get; init; }

    public TaskCompletionSource Started { get; } = new();

    public TaskCompletionSource<DicomCStoreRequest> Abandoned { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Starts => _starts;

    public int Stores => _stores;

    public ConcurrentQueue<Stream?> Destinations { get; } = [];

    public ValueTask<DicomAdmissionDecision?> RequestedAsync(DicomAssociationContext association, CancellationToken cancellationToken) => default;

    public async ValueTask<Stream?> StartAsync(DicomCStoreRequest request, CancellationToken cancellationToken)
    {
        _starts++;
        Started.TrySetResult();
        await Starting;
        return KeepsAsUsual ? null : new LimitedStream(MostBytes);
    }

    public async ValueTask<DicomOutcome> StoreAsync(DicomCStoreRequest request, CancellationToken cancellationToken)
    {
        await Storing;
        Destinations.Enqueue(request.Destination);
        _stores++;
        return StoreFault is null ? DicomOutcome.Success : throw StoreFault;
    }

    public async ValueTask AbandonedAsync(DicomCStoreRequest request)
    {
        Abandoned.TrySetResult(request);
        await Undoing;
        if (Fault is not null)
        {
            throw Fault;
        }
    }

    public ValueTask EndedAsync(DicomAssociationContext association, DicomNetResult end)
    {
        Ended?.SetResult();
        return default;
    }
}
