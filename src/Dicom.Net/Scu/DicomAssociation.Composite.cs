namespace Dicom.Net;

/// <content>C-ECHO, C-MOVE and C-GET (PS3.7 §9.1).</content>
public sealed partial class DicomAssociation
{
    /// <summary>Asks whether the peer answers (C-ECHO, PS3.7 §9.1.5).</summary>
    /// <param name="cancellationToken">Takes the request back; aborts the association, if it has gone out.</param>
    /// <returns>The response.</returns>
    /// <exception cref="DicomException">There was none, or it says failure.</exception>
    public Task<DicomResponse> EchoAsync(CancellationToken cancellationToken = default)
    {
        var context = ContextChoice.Of(Accepted, DicomUids.Verification);
        return InvokeAsync<DicomResponse>(
            "C-ECHO", new PendingOperation(context, id => _net.SendCEchoRequest(context, id, DicomUids.Verification)), cancellationToken);
    }

    /// <summary>Has the peer send instances to somebody (C-MOVE, PS3.7 §9.1.4). Those that it sends here come on an association of its own.</summary>
    /// <param name="sopClass">The information model, such as <see cref="DicomUids.StudyRootMove"/>.</param>
    /// <param name="destination">The AE title to send to; the peer has to know where it is.</param>
    /// <param name="identifier">What is to be sent.</param>
    /// <param name="progress">Told how far the peer is, as often as it says so.</param>
    /// <param name="cancellationToken">Takes the request back; sends a C-CANCEL, if it has gone out.</param>
    /// <returns>The final response; where some instances failed it has a warning.</returns>
    /// <exception cref="DicomException">There was none, or it says failure.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, and the peer has stopped.</exception>
    public Task<DicomRetrieveResponse> MoveAsync(
        string sopClass, string destination, DicomDataSet identifier, IProgress<DicomSubOperations>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(destination);
        ArgumentNullException.ThrowIfNull(identifier);
        var context = ContextChoice.Of(Accepted, sopClass);
        var operation = new RetrieveOperation(
            context, id => _net.SendCMoveRequest(context, id, sopClass, _options.Priority, destination, identifier), progress);
        return InvokeAsync<DicomRetrieveResponse>("C-MOVE", operation, cancellationToken);
    }

    /// <summary>
    /// Has the peer send instances on this association (C-GET, PS3.7 §9.1.3): for the SOP classes of which this side has the provider role
    /// (<see cref="DicomAssociationRequest.WithProviderRole"/>). One at a time.
    /// </summary>
    /// <param name="sopClass">The information model, such as <see cref="DicomUids.StudyRootGet"/>.</param>
    /// <param name="identifier">What is to be sent.</param>
    /// <param name="receive">
    /// Called for each instance, one after the other; it returns what the peer is told of it, and has saved it before. What it throws is logged
    /// and told as 0110H, processing failure, and the retrieval goes on. Its token is cancelled when the retrieval is, or the association ends;
    /// instances that come after a cancellation are refused. It may not await another operation of this association.
    /// </param>
    /// <param name="progress">Told how far the peer is, as often as it says so.</param>
    /// <param name="cancellationToken">Takes the request back; sends a C-CANCEL, if it has gone out.</param>
    /// <returns>The final response; where some instances failed it has a warning.</returns>
    /// <exception cref="DicomException">There was none, or it says failure.</exception>
    /// <exception cref="InvalidOperationException">A C-GET is under way.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, and the peer has stopped.</exception>
    public async Task<DicomRetrieveResponse> GetAsync(
        string sopClass, DicomDataSet identifier, Func<DicomReceivedInstance, CancellationToken, ValueTask<DicomCommandStatusType>> receive,
        IProgress<DicomSubOperations>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        ArgumentNullException.ThrowIfNull(receive);
        var context = ContextChoice.Of(Accepted, sopClass);
        var operation = new GetOperation(
            context, id => _net.SendCGetRequest(context, id, sopClass, _options.Priority, identifier), receive, progress);
        return Check((DicomRetrieveResponse)await _net.GetAsync(operation, cancellationToken).ConfigureAwait(false), "C-GET");
    }

    /// <summary>
    /// Asks the peer what it has (C-FIND, PS3.7 §9.1.2). The request goes out when the matches are enumerated; leaving the enumeration early
    /// sends a C-CANCEL.
    /// </summary>
    /// <param name="sopClass">The information model, such as <see cref="DicomUids.StudyRootFind"/>.</param>
    /// <param name="identifier">The keys; read when the enumeration begins.</param>
    /// <param name="cancellationToken">Sends a C-CANCEL. One given to the enumeration does so, too.</param>
    /// <returns>
    /// The matches, to be enumerated once, as they come. Who is slow holds the peer back: no more than
    /// <see cref="DicomAssociationOptions.MatchesAhead"/> wait. Meanwhile no other response comes through either, so that whoever awaits
    /// another operation of this association between two matches may wait for ever.
    /// </returns>
    /// <exception cref="DicomException">No presentation context fits.</exception>
    public DicomMatches FindAsync(string sopClass, DicomDataSet identifier, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        var context = ContextChoice.Of(Accepted, sopClass);
        var operation = new FindOperation(
            context, id => _net.SendCFindRequest(context, id, sopClass, _options.Priority, identifier), _options.MatchesAhead);
        return new(_net, operation, response => Check(response, "C-FIND"), cancellationToken);
    }
}
