namespace Dicom.Net;

/// <summary>Responses, and whom they are for.</summary>
internal sealed partial class RequestorNet
{
    // What the callback that has just returned was about: callbacks come one at a time.
    private PendingOperation? _told;

    protected override void OnReceiveCEchoResponse(
        byte presentationID, int messageID, string affectedClass, DicomCommandStatusType status) => Complete(messageID, status);

    protected override void OnReceiveCStoreResponse(
        byte presentationID, int messageID, string affectedClass, string instance, DicomCommandStatusType status) =>
        Complete(messageID, status);

    protected override void OnReceiveCFindResponse(
        byte presentationID, int messageID, string affectedClass, DicomCommandStatusType status, DicomDataSet? dataSet)
    {
        if (!status.IsPending())
        {
            Complete(messageID, status);
            return;
        }

        _told = Find(messageID);
        if (_told is FindOperation find && dataSet is not null)
        {
            find.Add(dataSet.Detach(), lacksKeys: status == DicomCommandStatusType.PendingWarning);
        }
        else
        {
            (_told as FindOperation)?.Fault(new DicomException(
                "A match could not be kept, or the peer sent none with a pending response: the log says which."));
        }
    }

    protected override void OnReceiveCMoveResponse(
        byte presentationID, int messageID, string affectedClass, DicomCommandStatusType status, int remaining, int completed, int failed,
        int warning, DicomDataSet? dataSet) =>
        Advance(messageID, status, new(remaining, completed, failed, warning), dataSet);

    protected override void OnReceiveCGetResponse(
        byte presentationID, int messageID, string affectedClass, DicomCommandStatusType status, int remaining, int completed, int failed,
        int warning, DicomDataSet? dataSet) =>
        Advance(messageID, status, new(remaining, completed, failed, warning), dataSet);

    protected override void OnReceiveNReportResponse(
        byte presentationID, int messageID, string affectedClass, string instance, DicomCommandStatusType status, int dicomEvent,
        DicomDataSet? dataSet) => Complete(messageID, instance, status, dataSet);

    protected override void OnReceiveNGetResponse(
        byte presentationID, int messageID, string affectedClass, string instance, DicomCommandStatusType status, DicomDataSet? dataSet) =>
        Complete(messageID, instance, status, dataSet);

    protected override void OnReceiveNSetResponse(
        byte presentationID, int messageID, string affectedClass, string instance, DicomCommandStatusType status, DicomDataSet? dataSet) =>
        Complete(messageID, instance, status, dataSet);

    protected override void OnReceiveNActionResponse(
        byte presentationID, int messageID, string affectedClass, string instance, DicomCommandStatusType status, int action,
        DicomDataSet? dataSet) => Complete(messageID, instance, status, dataSet);

    protected override void OnReceiveNCreateResponse(
        byte presentationID, int messageID, string affectedClass, string instance, DicomCommandStatusType status, DicomDataSet? dataSet) =>
        Complete(messageID, instance, status, dataSet);

    protected override void OnReceiveNDeleteResponse(
        byte presentationID, int messageID, string affectedClass, string instance, DicomCommandStatusType status) =>
        Complete(messageID, instance, status, dataSet: null);

    /// <summary>The matches of a C-FIND that nobody takes hold the next callback back, and by it the peer.</summary>
    internal override ValueTask CaughtUpAsync()
    {
        if (_told is not { } told)
        {
            return default;
        }

        _told = null;
        return told.CaughtUpAsync();
    }

    private void Complete(int messageID, DicomCommandStatusType status) =>
        Take(messageID)?.Complete(new DicomResponse(status, StatusDetail));

    private void Complete(int messageID, string instance, DicomCommandStatusType status, DicomDataSet? dataSet) =>
        Take(messageID)?.Complete(new DicomNormalizedResponse(status, StatusDetail)
        {
            Instance = instance,
            DataSet = dataSet?.Detach(),
        });

    private void Advance(int messageID, DicomCommandStatusType status, DicomSubOperations counts, DicomDataSet? dataSet)
    {
        if (status.IsPending())
        {
            (Find(messageID) as RetrieveOperation)?.Report(counts);
        }
        else
        {
            Take(messageID)?.Complete(new DicomRetrieveResponse(status, StatusDetail, counts, FailedInstances(dataSet)));
        }
    }

    /// <summary>The list is a help, and no more: one that cannot be read must not cost the response.</summary>
    private static string[] FailedInstances(DicomDataSet? dataSet)
    {
        try
        {
            return dataSet is not null && dataSet.TryGetString(DicomTag.FailedSOPInstanceUIDList, out var uids) && uids.Length > 0
                ? uids.Split('\\')
                : [];
        }
        catch (DataSetException)
        {
            return [];
        }
    }
}
