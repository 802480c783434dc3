using Dicom.Net.Diagnostics;

namespace Dicom.Net;

/// <summary>The peer's requests on this side's association: the instances of a C-GET, and event reports.</summary>
internal sealed partial class RequestorNet
{
    private static readonly DicomStatusDetail NotWantedAnyMore = new() { ErrorComment = "The retrieval was cancelled." };

    private GetOperation? _getting;

    // Event reports, one after the other: each waits for the one before. Instances do so in a line of their own, since a function that deals
    // with a report may well await the C-GET that brings them.
    private Task _reports = Task.CompletedTask;

    /// <summary>Gets instances: they come to the operation's function, and all have been there when this returns.</summary>
    /// <exception cref="InvalidOperationException">Another C-GET is under way: which of two an instance is for, it does not say.</exception>
    public async Task<DicomResponse> GetAsync(GetOperation operation, CancellationToken cancellationToken)
    {
        if (Interlocked.CompareExchange(ref _getting, operation, null) is not null)
        {
            throw new InvalidOperationException(
                "A C-GET is under way on this association, and instances do not say which of two they are for: await it first.");
        }

        try
        {
            return await InvokeAsync(operation, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await operation.Handled.ConfigureAwait(false);
            Volatile.Write(ref _getting, null);
        }
    }

    protected override void OnReceiveCStoreRequest(
        byte presentationID, int messageID, string affectedClass, string instance, DicomCommandPriorityType priority, string moveAE,
        int moveMessageID, DicomDataSet? dataSet)
    {
        if (Volatile.Read(ref _getting) is { } get && dataSet is not null)
        {
            get.Handled = DoAfterAsync( // Callbacks come one at a time.
                get.Handled,
                () => ReceiveAsync(get, new(affectedClass, instance, dataSet)),
                (status, detail) => SendCStoreResponse(presentationID, messageID, affectedClass, instance, status, detail));
        }
        else
        {
            base.OnReceiveCStoreRequest(presentationID, messageID, affectedClass, instance, priority, moveAE, moveMessageID, dataSet);
        }
    }

    protected override void OnReceiveNReportRequest(
        byte presentationID, int messageID, string affectedClass, string instance, int dicomEvent, DicomDataSet? dataSet)
    {
        if (options.EventReports is { } handle)
        {
            _reports = DoAfterAsync(
                _reports,
                async () => (await handle(new(affectedClass, instance, dicomEvent, dataSet), _ending.Token).ConfigureAwait(false), null),
                (status, detail) =>
                    SendNReportResponse(presentationID, messageID, affectedClass, instance, status, dicomEvent, dataSet: null, detail));
        }
        else
        {
            base.OnReceiveNReportRequest(presentationID, messageID, affectedClass, instance, dicomEvent, dataSet);
        }
    }

    private static async Task<(DicomCommandStatusType Status, DicomStatusDetail? Detail)> ReceiveAsync(
        GetOperation get, DicomReceivedInstance instance) => get.IsGivenUp
            ? (DicomCommandStatusType.ProcessingFailure, NotWantedAnyMore)
            : (await get.ReceiveAsync(instance).ConfigureAwait(false), null);

    private async Task DoAfterAsync(
        Task before,
        Func<Task<(DicomCommandStatusType Status, DicomStatusDetail? Detail)>> work,
        Func<DicomCommandStatusType, DicomStatusDetail?, DicomNetResult> answer)
    {
        await before.ConfigureAwait(false);
        var (status, detail) = await OutcomeOfAsync(work).ConfigureAwait(false);
        if (EndSoFar is not null)
        {
            return; // Cut short by the end, as like as not: the peer, if it is still there, must not take that for an outcome.
        }

        if (await AnswerAsync(answer, status, detail).ConfigureAwait(false) is { Code: DicomExceptionCode.Parameter } fault)
        {
            // The application's, a pending status say: the peer waits all the same.
            FacadeLog.AnswerNotPossible(options.Network.Log, Peer, fault.Message);
            await AnswerAsync(answer, DicomCommandStatusType.ProcessingFailure, null).ConfigureAwait(false);
        }
    }

    private async Task<DicomNetResult> AnswerAsync(
        Func<DicomCommandStatusType, DicomStatusDetail?, DicomNetResult> answer, DicomCommandStatusType status, DicomStatusDetail? detail)
    {
        DicomNetResult result;
        while ((result = answer(status, detail)).Code == DicomExceptionCode.NetQueueFull)
        {
            await ReadyToSendAsync(_ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return result;
    }

    /// <summary>What the application throws is logged, and a failure for the peer; the retrieval goes on.</summary>
    private async Task<(DicomCommandStatusType Status, DicomStatusDetail? Detail)> OutcomeOfAsync(
        Func<Task<(DicomCommandStatusType Status, DicomStatusDetail? Detail)>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception error)
        {
            FacadeLog.CallbackFailed(options.Network.Log, error, "a function that receives instances or events");
            return (DicomCommandStatusType.ProcessingFailure, null);
        }
    }
}
