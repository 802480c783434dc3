namespace Dicom.Net.Samples;

/// <content>
/// The DIMSE services. A query or retrieval is one step, whatever comes before its final response: that goes to a function of the caller's.
/// </content>
internal sealed partial class StepwiseScu
{
    private Action<DicomDataSet>? _onMatch;
    private Action<RetrieveResponse>? _onProgress;
    private (byte Context, int MessageID) _operation;

    /// <summary>What the peer said of the last status, beside its code; escaped. Empty when nothing.</summary>
    public string Comment { get; private set; } = "";

    public Task<DicomCommandStatusType> EchoAsync(byte context) =>
        Operation(context, id => SendCEchoRequest(context, id, DicomUids.Verification));

    /// <summary>Has an instance stored; for a C-MOVE, in the name of the AE title and with the message id of that.</summary>
    public Task<DicomCommandStatusType> StoreAsync(
        byte context, string sopClass, string instance, DicomDataSet dataSet, string? moveAE = null, int moveMessageID = 0) =>
        Operation(context, id => SendCStoreRequest(
            context, id, sopClass, instance, DicomCommandPriorityType.Medium, moveAE, moveMessageID, dataSet));

    /// <summary>Queries; a function is called for each match, which is valid during the call.</summary>
    public Task<DicomCommandStatusType> FindAsync(byte context, string model, DicomDataSet identifier, Action<DicomDataSet> onMatch)
    {
        _onMatch = onMatch;
        return Operation(context, id => SendCFindRequest(context, id, model, DicomCommandPriorityType.Medium, identifier));
    }

    /// <summary>Has the peer send instances elsewhere; a function is called for each response, the final one too.</summary>
    public Task<DicomCommandStatusType> MoveAsync(
        byte context, string model, string destination, DicomDataSet identifier, Action<RetrieveResponse> onProgress)
    {
        _onProgress = onProgress;
        return Operation(context, id => SendCMoveRequest(context, id, model, DicomCommandPriorityType.Medium, destination, identifier));
    }

    /// <summary>As <see cref="MoveAsync"/>, but they come here: see <see cref="DicomNet.CStoreRequestReceived"/>.</summary>
    public Task<DicomCommandStatusType> GetAsync(
        byte context, string model, DicomDataSet identifier, Action<RetrieveResponse> onProgress)
    {
        _onProgress = onProgress;
        return Operation(context, id => SendCGetRequest(context, id, model, DicomCommandPriorityType.Medium, identifier));
    }

    public Task<DicomCommandStatusType> ReportAsync(byte context, string sopClass, string instance, int dicomEvent, DicomDataSet dataSet) =>
        Operation(context, id => SendNReportRequest(context, id, sopClass, instance, dicomEvent, dataSet));

    /// <summary>Asks the peer to end the operation that is awaited. It ends with a final response as ever.</summary>
    public void Cancel() => SendCCancelRequest(_operation.Context, _operation.MessageID);

    protected override void OnReceiveCEchoResponse(
        byte presentationID, int messageID, string affectedClass, DicomCommandStatusType status) =>
        Respond(messageID, status);

    protected override void OnReceiveCStoreResponse(
        byte presentationID, int messageID, string affectedClass, string instance, DicomCommandStatusType status) =>
        Respond(messageID, status);

    protected override void OnReceiveCFindResponse(
        byte presentationID, int messageID, string affectedClass, DicomCommandStatusType status, DicomDataSet? dataSet)
    {
        if (dataSet is not null && messageID == _operation.MessageID)
        {
            _onMatch?.Invoke(dataSet);
        }

        Respond(messageID, status);
    }

    protected override void OnReceiveCMoveResponse(
        byte presentationID, int messageID, string affectedClass, DicomCommandStatusType status, int remaining, int completed, int failed,
        int warning, DicomDataSet? dataSet) =>
        Progress(messageID, new(status, remaining, completed, failed, warning, FailedInstances(dataSet)));

    protected override void OnReceiveCGetResponse(
        byte presentationID, int messageID, string affectedClass, DicomCommandStatusType status, int remaining, int completed, int failed,
        int warning, DicomDataSet? dataSet) =>
        Progress(messageID, new(status, remaining, completed, failed, warning, FailedInstances(dataSet)));

    protected override void OnReceiveNReportResponse(
        byte presentationID, int messageID, string affectedClass, string instance, DicomCommandStatusType status, int dicomEvent,
        DicomDataSet? dataSet) =>
        Respond(messageID, status);

    private static string[] FailedInstances(DicomDataSet? dataSet) =>
        dataSet?.TryGetString(DicomTag.FailedSOPInstanceUIDList, out var uids) == true ? uids.Split('\\') : [];

    private Task<DicomCommandStatusType> Operation(byte context, Func<int, DicomNetResult> send)
    {
        _operation = (context, NextMessageID());
        return Step<DicomCommandStatusType>(() => send(_operation.MessageID));
    }

    private void Progress(int messageID, RetrieveResponse response)
    {
        if (messageID == _operation.MessageID)
        {
            _onProgress?.Invoke(response);
        }

        Respond(messageID, response.Status);
    }

    // A response to a request that we do not wait for is no answer to the one that we do; a pending one is followed by another.
    private void Respond(int messageID, DicomCommandStatusType status)
    {
        if (messageID == _operation.MessageID && !status.IsPending())
        {
            Comment = Words.Escape(StatusDetail.ErrorComment ?? "");
            _step.TrySetResult(status);
        }
    }
}
