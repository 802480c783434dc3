namespace Dicom.Net;

/// <summary>An association of this side's own, as SCU of Storage: each step awaits the callback that ends it.</summary>
internal sealed class MoveAssociation : DicomNet
{
    // Arbitrary: how long the peer may take to agree to the release; then the association is aborted.
    private static readonly TimeSpan ReleaseTimeout = TimeSpan.FromSeconds(10);

    private readonly TaskCompletionSource<DicomAssociate> _agreed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly DicomNetOptions _options;
    private readonly DicomAssociate _request;

    public MoveAssociation(DicomNetOptions options, DicomAssociate request)
        : base(null, options.Tls is null ? DicomNetSecurityMode.None : DicomNetSecurityMode.Tls, options)
        => (_options, _request) = (options, request);

    /// <summary>Connects, and asks for the association.</summary>
    /// <exception cref="DicomException">It does not come about.</exception>
    public Task<DicomAssociate> OpenAsync(DicomMoveDestination destination, CancellationToken cancellationToken)
    {
        Connect(null, 0, destination.Host, destination.Port, destination.IpType).ThrowIfFailed();
        return _agreed.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Releases it, as long as the peer goes along.</summary>
    public async Task ReleaseAsync()
    {
        if (SendReleaseRequest().IsSuccess)
        {
            await Task.WhenAny(_ended.Task, Task.Delay(ReleaseTimeout, _options.TimeProvider)).ConfigureAwait(false);
        }
    }

    protected override void OnConnect(DicomExceptionCode error)
    {
        // With TLS, nothing may be sent before the handshake is done.
        if (error != DicomExceptionCode.Success || _options.Tls is null)
        {
            Associate(error);
        }
    }

    protected override void OnSecureLinkReady(DicomExceptionCode error) => Associate(error);

    protected override void OnReceiveAssociateAccept(DicomAssociate association) => _agreed.TrySetResult(association);

    protected override void OnReceiveAssociateReject(
        DicomAssociateRejectResultType result, DicomAssociateRejectSourceType source, DicomAssociateRejectReasonType reason) =>
        _agreed.TrySetException(new DicomException($"The destination rejects the association ({result:D}/{source:D}/{reason:D})."));

    protected override void OnClose(DicomExceptionCode error, DicomNet net)
    {
        _ended.TrySetResult();
        _agreed.TrySetException(new DicomException(
            LastError.IsSuccess ? new(DicomExceptionCode.NetConnectionAborted, "The destination has closed the connection.") : LastError));
        base.OnClose(error, net);
    }

    private void Associate(DicomExceptionCode error)
    {
        var result = error == DicomExceptionCode.Success ? SendAssociateRequest(_request) : LastError;
        if (!result.IsSuccess)
        {
            _agreed.TrySetException(new DicomException(result));
        }
    }
}
