using Dicom.Net.Associations;

namespace Dicom.Net;

/// <summary>The C-STOREs of a C-GET, on the association that it came on: one after the other, each awaited.</summary>
internal sealed class StoreSubOperations : IDisposable
{
    private readonly AssociationHandlers _handlers;
    private readonly DicomNet _net;
    private readonly HandlerTimeLimit _limit;
    private readonly Lock _gate = new();
    private TaskCompletionSource<DicomCommandStatusType>? _awaited;
    private int _messageID;
    private DicomException? _end;

    /// <summary>Whether one was not answered in time.</summary>
    public bool OwesAnswer { get; private set; }

    public StoreSubOperations(AssociationHandlers handlers)
    {
        (_handlers, _net) = (handlers, handlers.Net);
        _limit = new(handlers.SubOperationTimeLimit, handlers.Options.TimeProvider);
        handlers.Answered += OnAnswered;
        handlers.Closed += OnClosed;
    }

    /// <summary>Sends an instance, and awaits the answer.</summary>
    /// <param name="context">An accepted presentation context.</param>
    /// <param name="instance">The instance.</param>
    /// <param name="dataSet">Its data set.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="DicomException">It cannot be sent, or is not answered.</exception>
    public async Task<DicomCommandStatusType> StoreAsync(byte context, DicomInstance instance, DicomDataSet dataSet)
    {
        var awaited = await BeginAsync(context, instance, dataSet).ConfigureAwait(false);
        do
        {
            try
            {
                return await awaited.WaitAsync(_limit.Limit, _limit.Time).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                // A large instance is still on its way: nobody owes an answer yet, and a peer that stops reading has a limit of its own.
            }
        }
        while (_net.HasUnsent || awaited.IsCompleted);

        OwesAnswer = true;
        throw End(new(DicomExceptionCode.NetResponseTimeout, $"A C-STORE-RQ was not answered within {_limit.Limit}."));
    }

    /// <exception cref="DicomException">Nothing more can be sent: this is why.</exception>
    public void ThrowIfEnded()
    {
        lock (_gate)
        {
            if (_end is not null)
            {
                throw _end;
            }
        }
    }

    public void Dispose()
    {
        _handlers.Answered -= OnAnswered;
        _handlers.Closed -= OnClosed;
    }

    /// <summary>Sends as soon as there is room: the application's own messages go out on this association, too.</summary>
    private async Task<Task<DicomCommandStatusType>> BeginAsync(byte context, DicomInstance instance, DicomDataSet dataSet)
    {
        Task<DicomCommandStatusType> awaited;
        DicomNetResult result;
        do
        {
            await _net.ReadyToSendAsync().ConfigureAwait(false);
            awaited = Begin();
            result = Send(context, instance, dataSet);
        }
        while (result.Code == DicomExceptionCode.NetQueueFull);
        result.ThrowIfFailed();
        return awaited;
    }

    /// <summary>The object may be one whose failures are exceptions.</summary>
    private DicomNetResult Send(byte context, DicomInstance instance, DicomDataSet dataSet)
    {
        try
        {
            return _net.SendCStoreRequest(
                context, _messageID, instance.SopClass, instance.SopInstance, DicomCommandPriorityType.Medium,
                moveAE: null, moveMessageID: 0, dataSet);
        }
        catch (DicomException error)
        {
            return error.Result;
        }
    }

    private Task<DicomCommandStatusType> Begin()
    {
        lock (_gate)
        {
            _messageID = _net.NextMessageID();
            _awaited = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _end is null ? _awaited.Task : throw _end;
        }
    }

    private void OnAnswered(DimseMessage response)
    {
        lock (_gate)
        {
            if (response.MessageId == _messageID)
            {
                _awaited?.TrySetResult(response.Status);
            }
        }
    }

    private void OnClosed(DicomNetResult end)
    {
        lock (_gate)
        {
            _awaited?.TrySetException(End(new(end.Code, "The association has ended before all was sent.")));
            _ = _awaited?.Task.Exception; // Whoever waited may have given up: that is no unobserved exception.
        }
    }

    /// <summary>Nothing more is sent: where an answer is owed, the window is used up.</summary>
    private DicomException End(DicomNetResult reason)
    {
        lock (_gate)
        {
            return _end = new DicomException(reason);
        }
    }
}
