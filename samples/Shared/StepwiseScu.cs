namespace Dicom.Net.Samples;

/// <summary>
/// An SCU that does one thing at a time. <see cref="DicomNet"/> tells what comes of a call in an <c>On…</c> method; here the caller
/// awaits it instead: each step is a call that returns at once, and the callback that ends it.
/// </summary>
internal sealed partial class StepwiseScu(string? path, DicomNetOptions options)
    : DicomNet(path, PeerCommand.SecurityOf(options), options)
{
    private readonly bool _isSecure = options.Tls is not null;
    private volatile TaskCompletionSource<object> _step = new();
    private DicomException? _end;

    public StepwiseScu(DicomNetOptions options)
        : this(path: null, options)
    {
    }

    /// <summary>Connects, from an address of this machine if one is given; with TLS, until the link is secure.</summary>
    public Task ConnectAsync(string host, int port, IpType ip, string? from = null) =>
        Step<DicomExceptionCode>(() => Connect(from, 0, host, port, ip));

    public Task<DicomAssociate> AssociateAsync(DicomAssociate request) => Step<DicomAssociate>(() => SendAssociateRequest(request));

    public Task ReleaseAsync() => Step<bool>(SendReleaseRequest);

    protected override void OnConnect(DicomExceptionCode error)
    {
        // Nothing may be sent before the handshake is done.
        if (!_isSecure || error != DicomExceptionCode.Success)
        {
            EndConnecting(error);
        }
    }

    protected override void OnSecureLinkReady(DicomExceptionCode error) => EndConnecting(error);

    protected override void OnReceiveAssociateAccept(DicomAssociate association) => _step.TrySetResult(association);

    protected override void OnReceiveAssociateReject(
        DicomAssociateRejectResultType result, DicomAssociateRejectSourceType source, DicomAssociateRejectReasonType reason) =>
        End($"The peer rejects the association: {Words.Rejection(result, source, reason)}.");

    protected override void OnReceiveReleaseResponse() => _step.TrySetResult(true);

    protected override void OnReceiveAbort(DicomAbortSourceType source, DicomAbortReasonType reason) =>
        End($"The association was aborted: source {source}, reason {reason}.");

    protected override void OnClose(DicomExceptionCode error, DicomNet net) =>
        End($"The connection has ended: {(GetLastTlsError() is { Length: > 0 } words ? words : error)}.");

    private void EndConnecting(DicomExceptionCode error)
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

    private async Task<T> Step<T>(Func<DicomNetResult> call)
    {
        // Made before the call: the callback may come before the call returns.
        var step = _step = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var result = call();
        return result.IsSuccess ? (T)await step.Task : throw _end ?? new DicomException(result);
    }

    // The first reason counts: after a rejection, say, the connection ends, too.
    private void End(string message)
    {
        _end ??= new DicomException(message);
        _step.TrySetException(_end);
    }
}
