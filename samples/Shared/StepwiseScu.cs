namespace Dicom.Net.Samples;

/// <summary>
/// An SCU that does one thing at a time. <see cref="DicomNet"/> tells what comes of a call in an <c>On…</c> method; here the caller
/// awaits it instead: each step is a call that returns at once, and the callback that ends it.
/// </summary>
internal sealed class StepwiseScu(DicomNetOptions options) : DicomNet(path: null, DicomNetSecurityMode.None, options)
{
    private volatile TaskCompletionSource<object> _step = new();
    private DicomException? _end;
    private int _messageId;

    public Task ConnectAsync(string host, int port, IpType ip) => Step<DicomExceptionCode>(() => Connect(null, 0, host, port, ip));

    public Task<DicomAssociate> AssociateAsync(DicomAssociate request) => Step<DicomAssociate>(() => SendAssociateRequest(request));

    public Task<DicomCommandStatusType> EchoAsync(byte context) =>
        Step<DicomCommandStatusType>(() => SendCEchoRequest(context, NextMessageId(), DicomUids.Verification));

    public Task<DicomCommandStatusType> StoreAsync(byte context, string sopClass, string instance, DicomDataSet dataSet) =>
        Step<DicomCommandStatusType>(() => SendCStoreRequest(
            context, NextMessageId(), sopClass, instance, DicomCommandPriorityType.Medium, moveAE: null, moveMessageID: 0, dataSet));

    public Task ReleaseAsync() => Step<bool>(SendReleaseRequest);

    protected override void OnConnect(DicomExceptionCode error)
    {
        if (error == DicomExceptionCode.Success)
        {
            _step.TrySetResult(error);
        }
        else
        {
            _step.TrySetException(new DicomException(LastError));
        }
    }

    protected override void OnReceiveAssociateAccept(DicomAssociate association) => _step.TrySetResult(association);

    protected override void OnReceiveAssociateReject(
        DicomAssociateRejectResultType result, DicomAssociateRejectSourceType source, DicomAssociateRejectReasonType reason) =>
        End($"The peer rejects the association: {Words.Rejection(result, source, reason)}.");

    protected override void OnReceiveCEchoResponse(
        byte presentationID, int messageID, string affectedClass, DicomCommandStatusType status) =>
        Respond(messageID, status);

    protected override void OnReceiveCStoreResponse(
        byte presentationID, int messageID, string affectedClass, string instance, DicomCommandStatusType status) =>
        Respond(messageID, status);

    protected override void OnReceiveReleaseResponse() => _step.TrySetResult(true);

    protected override void OnReceiveAbort(DicomAbortSourceType source, DicomAbortReasonType reason) =>
        End($"The association was aborted: source {source}, reason {reason}.");

    protected override void OnClose(DicomExceptionCode error, DicomNet net) => End($"The connection has ended: {error}.");

    private int NextMessageId() => _messageId = (_messageId + 1) & ushort.MaxValue;

    private async Task<T> Step<T>(Func<DicomNetResult> call)
    {
        // Made before the call: the callback may come before the call returns.
        var step = _step = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var result = call();
        return result.IsSuccess ? (T)await step.Task : throw _end ?? new DicomException(result);
    }

    // A response to a request that we do not wait for is no answer to the one that we do.
    private void Respond(int messageID, DicomCommandStatusType status)
    {
        if (messageID == _messageId)
        {
            _step.TrySetResult(status);
        }
    }

    // The first reason counts: after a rejection, say, the connection ends, too.
    private void End(string message)
    {
        _end ??= new DicomException(message);
        _step.TrySetException(_end);
    }
}
