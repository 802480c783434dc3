namespace Dicom.Net;

/// <content>The N services (PS3.7 §10.1).</content>
/// <remarks>
/// Where an instance of one SOP class is handled on a presentation context of another, as with the meta SOP classes of print management
/// (PS3.4 Annex H) and unified procedure steps (PS3.4 Annex CC), the abstract syntax says which.
/// </remarks>
public sealed partial class DicomAssociation
{
    /// <summary>Asks for attributes of an instance (N-GET, PS3.7 §10.1.2).</summary>
    /// <param name="sopClass">Requested SOP Class UID.</param>
    /// <param name="instance">Requested SOP Instance UID.</param>
    /// <param name="attributes">The attributes; none: all.</param>
    /// <param name="abstractSyntax">That of the presentation context, where it is another than the SOP class.</param>
    /// <param name="cancellationToken">Takes the request back; aborts the association, if it has gone out.</param>
    /// <returns>The response, with the attributes.</returns>
    /// <exception cref="DicomException">There was none, or it says failure, or no presentation context fits.</exception>
    public Task<DicomNormalizedResponse> NGetAsync(
        string sopClass, string instance, IEnumerable<DicomTag> attributes, string? abstractSyntax = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        long[] tags = [.. attributes.Select(tag => (long)tag.ToUInt32())];
        return NormalizedAsync(
            "N-GET", abstractSyntax ?? sopClass,
            (context, id) => _net.SendNGetRequest(context, id, sopClass, instance, tags), cancellationToken);
    }

    /// <summary>Changes attributes of an instance (N-SET, PS3.7 §10.1.3).</summary>
    /// <param name="sopClass">Requested SOP Class UID.</param>
    /// <param name="instance">Requested SOP Instance UID.</param>
    /// <param name="modifications">The attributes with their new values.</param>
    /// <param name="abstractSyntax">That of the presentation context, where it is another than the SOP class.</param>
    /// <param name="cancellationToken">Takes the request back; aborts the association, if it has gone out.</param>
    /// <returns>The response, with the attributes as they are now, where the peer tells them.</returns>
    /// <exception cref="DicomException">There was none, or it says failure, or no presentation context fits.</exception>
    public Task<DicomNormalizedResponse> NSetAsync(
        string sopClass, string instance, DicomDataSet modifications, string? abstractSyntax = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(modifications);
        return NormalizedAsync(
            "N-SET", abstractSyntax ?? sopClass,
            (context, id) => _net.SendNSetRequest(context, id, sopClass, instance, modifications), cancellationToken);
    }

    /// <summary>Has an instance created (N-CREATE, PS3.7 §10.1.5).</summary>
    /// <param name="sopClass">Affected SOP Class UID.</param>
    /// <param name="instance">Affected SOP Instance UID; null: the peer chooses it, and its response says what.</param>
    /// <param name="attributes">The attributes of the new instance; null for none.</param>
    /// <param name="abstractSyntax">That of the presentation context, where it is another than the SOP class.</param>
    /// <param name="cancellationToken">Takes the request back; aborts the association, if it has gone out.</param>
    /// <returns>The response, with the attributes as they are, where the peer tells them.</returns>
    /// <exception cref="DicomException">There was none, or it says failure, or no presentation context fits.</exception>
    public Task<DicomNormalizedResponse> NCreateAsync(
        string sopClass, string? instance, DicomDataSet? attributes, string? abstractSyntax = null,
        CancellationToken cancellationToken = default) => NormalizedAsync(
            "N-CREATE", abstractSyntax ?? sopClass,
            (context, id) => _net.SendNCreateRequest(context, id, sopClass, instance, attributes), cancellationToken);

    /// <summary>Has an instance deleted (N-DELETE, PS3.7 §10.1.6).</summary>
    /// <param name="sopClass">Requested SOP Class UID.</param>
    /// <param name="instance">Requested SOP Instance UID.</param>
    /// <param name="abstractSyntax">That of the presentation context, where it is another than the SOP class.</param>
    /// <param name="cancellationToken">Takes the request back; aborts the association, if it has gone out.</param>
    /// <returns>The response.</returns>
    /// <exception cref="DicomException">There was none, or it says failure, or no presentation context fits.</exception>
    public Task<DicomNormalizedResponse> NDeleteAsync(
        string sopClass, string instance, string? abstractSyntax = null, CancellationToken cancellationToken = default) => NormalizedAsync(
            "N-DELETE", abstractSyntax ?? sopClass,
            (context, id) => _net.SendNDeleteRequest(context, id, sopClass, instance), cancellationToken);

    /// <summary>Has something done with an instance (N-ACTION, PS3.7 §10.1.4).</summary>
    /// <param name="sopClass">Requested SOP Class UID.</param>
    /// <param name="instance">Requested SOP Instance UID.</param>
    /// <param name="actionType">Action Type ID, 0 to 65535.</param>
    /// <param name="information">The action information; null for none.</param>
    /// <param name="abstractSyntax">That of the presentation context, where it is another than the SOP class.</param>
    /// <param name="cancellationToken">Takes the request back; aborts the association, if it has gone out.</param>
    /// <returns>The response, with the action reply, where there is one.</returns>
    /// <exception cref="DicomException">There was none, or it says failure, or no presentation context fits.</exception>
    public Task<DicomNormalizedResponse> NActionAsync(
        string sopClass, string instance, int actionType, DicomDataSet? information, string? abstractSyntax = null,
        CancellationToken cancellationToken = default) => NormalizedAsync(
            "N-ACTION", abstractSyntax ?? sopClass,
            (context, id) => _net.SendNActionRequest(context, id, sopClass, instance, actionType, information), cancellationToken);

    /// <summary>
    /// Tells of an event (N-EVENT-REPORT, PS3.7 §10.1.1), for whose SOP class this side has the provider role
    /// (<see cref="DicomAssociationRequest.WithProviderRole"/>).
    /// </summary>
    /// <param name="sopClass">Affected SOP Class UID.</param>
    /// <param name="instance">Affected SOP Instance UID.</param>
    /// <param name="eventType">Event Type ID, 0 to 65535.</param>
    /// <param name="information">The event information; null for none.</param>
    /// <param name="abstractSyntax">That of the presentation context, where it is another than the SOP class.</param>
    /// <param name="cancellationToken">Takes the request back; aborts the association, if it has gone out.</param>
    /// <returns>The response, with the event reply, where there is one.</returns>
    /// <exception cref="DicomException">There was none, or it says failure, or no presentation context fits.</exception>
    public Task<DicomNormalizedResponse> NEventReportAsync(
        string sopClass, string instance, int eventType, DicomDataSet? information, string? abstractSyntax = null,
        CancellationToken cancellationToken = default) => NormalizedAsync(
            "N-EVENT-REPORT", abstractSyntax ?? sopClass,
            (context, id) => _net.SendNReportRequest(context, id, sopClass, instance, eventType, information), cancellationToken);

    private Task<DicomNormalizedResponse> NormalizedAsync(
        string service, string abstractSyntax, Func<byte, int, DicomNetResult> send, CancellationToken cancellationToken)
    {
        var context = ContextChoice.Of(Accepted, abstractSyntax);
        return InvokeAsync<DicomNormalizedResponse>(service, new PendingOperation(context, id => send(context, id)), cancellationToken);
    }
}
