using System.Net;

namespace Dicom.Net;

/// <summary>
/// An association that this side has asked for, to be awaited: each DIMSE service is one call that ends with the final response, or throws.
/// </summary>
/// <remarks>
/// <para>Any thread may call anything at any time. Several operations may be under way at once: as many as the negotiated window allows
/// (<see cref="DicomAssociationRequest.WithAsynchronousOperations"/>) are open at the peer, the others wait for their turn.</para>
/// <para>Each service finds its presentation context by itself: by the SOP class, and for what is stored by its transfer syntax too.</para>
/// <para>A failure is an exception: <see cref="DicomAssociateRejectException"/>, <see cref="DicomAbortException"/>,
/// <see cref="DicomStatusException"/>, and a <see cref="DicomException"/>, of which they are, for everything else: its
/// <see cref="DicomException.Code"/> says whether the connection was lost, which time limit expired, or that there is no fitting
/// presentation context.</para>
/// <para>Cancelling a C-FIND, C-GET or C-MOVE sends a C-CANCEL, awaits the final response for
/// <see cref="DicomAssociationOptions.CancelTimeout"/>, and aborts the association where none comes. Nothing else can be cancelled in DICOM:
/// cancelling one of the other services aborts the association. What still waits for its turn is taken back instead: the association goes
/// on.</para>
/// </remarks>
public sealed partial class DicomAssociation : IAsyncDisposable
{
    private readonly RequestorNet _net;
    private readonly DicomAssociationOptions _options;
    private readonly Lazy<Task> _disposing;

    private DicomAssociation(RequestorNet net, DicomAssociationOptions options, DicomAssociate accepted)
    {
        _net = net;
        _options = options;
        Accepted = accepted;
        _disposing = new(EndAsync); // Once, whoever disposes of it: a second one would abort the release of the first.
    }

    /// <summary>What the peer has accepted of the request: contexts, roles, window, lengths.</summary>
    public DicomAssociate Accepted { get; }

    /// <summary>Whether requests can be sent: false once it was released, aborted or lost.</summary>
    public bool IsOpen => _net.IsOpen;

    /// <summary>Completes when the connection has ended, however that was; it never fails.</summary>
    public Task Closed => _net.Ended;

    /// <summary>Whether it stands, and nothing is under way on it.</summary>
    internal bool IsReusable => IsOpen && !_net.HasOperations;

    /// <summary>The peer's address and port.</summary>
    public IPEndPoint RemoteEndPoint => new(IPAddress.Parse(_net.PeerAddress), _net.PeerPort);

    /// <summary>What the secure link has come to; null where the association is not secured.</summary>
    public DicomTlsLink? SecureLink => _net.SecureLink;

    /// <summary>Connects to a peer and asks it for an association.</summary>
    /// <param name="host">The peer's address or name.</param>
    /// <param name="port">The peer's port, 1 to 65535.</param>
    /// <param name="request">What is proposed.</param>
    /// <param name="options">Time limits, TLS and so on; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>
    /// The association. That it stands does not say that the peer took any presentation context: who needs one is told by the service that
    /// does, or looks at <see cref="Accepted"/>.
    /// </returns>
    /// <exception cref="DicomAssociateRejectException">The peer rejected it.</exception>
    /// <exception cref="DicomException">It did not come about; the code says why.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException">The attempt was ended.</exception>
    public static async Task<DicomAssociation> OpenAsync(
        string host, int port, DicomAssociationRequest request, DicomAssociationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        options ??= new();
        options.Validate();
        var net = new RequestorNet(request.ToAssociate(), options);
        try
        {
            return new(net, options, await net.OpenAsync(host, port, cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            net.Dispose();
            throw;
        }
    }

    /// <summary>Releases the association (PS3.8 §7.2), and awaits the end of the connection.</summary>
    /// <param name="cancellationToken">Aborts the association instead.</param>
    /// <exception cref="InvalidOperationException">Operations are under way: they are to be awaited first.</exception>
    /// <exception cref="DicomException">The association has ended in another way; nothing, where it has been released before.</exception>
    /// <exception cref="OperationCanceledException">It was aborted.</exception>
    public Task ReleaseAsync(CancellationToken cancellationToken = default) => _net.ReleaseAsync(cancellationToken);

    /// <summary>Ends the association at once (PS3.8 §7.3). What is under way fails with a <see cref="DicomAbortException"/>.</summary>
    public void Abort() => _net.Abort("Abort was called");

    /// <summary>
    /// Releases the association, or aborts it where operations are under way or the peer does not agree within
    /// <see cref="DicomAssociationOptions.ReleaseTimeout"/>. It does not throw.
    /// </summary>
    public ValueTask DisposeAsync() => new(_disposing.Value);

    private async Task EndAsync()
    {
        if (IsReusable)
        {
            await TryReleaseAsync().ConfigureAwait(false);
        }

        if (!Closed.IsCompleted)
        {
            _net.Abort("it was disposed of");
        }

        _net.Dispose();
    }

    private async Task TryReleaseAsync()
    {
        using var late = new CancellationTokenSource(_options.ReleaseTimeout, _options.Network.TimeProvider);
        try
        {
            await ReleaseAsync(late.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is DicomException or InvalidOperationException or OperationCanceledException)
        {
            // Ended in another way, or used again meanwhile: then it is aborted.
        }
    }

    private async Task<T> InvokeAsync<T>(string service, PendingOperation operation, CancellationToken cancellationToken)
        where T : DicomResponse =>
        Check((T)await _net.InvokeAsync(operation, cancellationToken).ConfigureAwait(false), service);

    private T Check<T>(T response, string service)
        where T : DicomResponse =>
        _options.ThrowsOnFailure && !response.Status.IsSuccess() && !response.Status.IsWarning()
            ? throw new DicomStatusException(service, response)
            : response;
}
