namespace Dicom.Net.Dimse;

internal sealed partial record CommandSet
{
    /// <summary>
    /// The response to a received request, whatever the operation, known or not. Its UIDs are the request's, byte for byte.
    /// </summary>
    /// <param name="request">A request that has a response: all but C-CANCEL-RQ.</param>
    /// <param name="status">The outcome.</param>
    /// <param name="hasDataSet">Whether a data set follows.</param>
    /// <exception cref="ArgumentException">The message is no request that can be answered.</exception>
    public static CommandSet ResponseTo(CommandSet request, DicomCommandStatusType status, bool hasDataSet = false)
    {
        if (request.CommandField.IsResponse() || request.MessageId is not { } messageId)
        {
            throw new ArgumentException($"{request} has no response: answer requests that carry a Message ID.", nameof(request));
        }

        return new()
        {
            CommandField = request.CommandField.ToResponse(),
            MessageIdBeingRespondedTo = messageId,
            CommandDataSetType = DataSetTypeOf(hasDataSet),
            Status = status,
            // What a request calls requested, its response calls affected (PS3.7 §10.3.2 to §10.3.4, §10.3.6).
            AffectedSopClass = request.AffectedSopClass.IsPresent ? request.AffectedSopClass : request.RequestedSopClass,
            AffectedSopInstance = request.AffectedSopInstance.IsPresent ? request.AffectedSopInstance : request.RequestedSopInstance,
            EventTypeId = request.EventTypeId,
            ActionTypeId = request.ActionTypeId,
        };
    }

    /// <summary>The counts of a C-GET-RSP or C-MOVE-RSP; those that it leaves out count as 0.</summary>
    public DicomSubOperations SubOperations => new(
        NumberOfRemainingSubOperations ?? 0,
        NumberOfCompletedSubOperations ?? 0,
        NumberOfFailedSubOperations ?? 0,
        NumberOfWarningSubOperations ?? 0);

    /// <summary>This response of a C-GET or C-MOVE with the counts of its sub-operations. Counts over 65,535 show as 65,535.</summary>
    public CommandSet WithSubOperations(DicomSubOperations counts) => this with
    {
        // PS3.4 §C.4.2.1.6, §C.4.3.1.5: shall be there while pending, may be when cancelled, shall not be with any other status.
        NumberOfRemainingSubOperations = Status?.IsPending() is true || Status?.IsCancel() is true
            ? DicomSubOperations.Saturated(counts.Remaining)
            : null,
        NumberOfCompletedSubOperations = DicomSubOperations.Saturated(counts.Completed),
        NumberOfFailedSubOperations = DicomSubOperations.Saturated(counts.Failed),
        NumberOfWarningSubOperations = DicomSubOperations.Saturated(counts.Warning),
    };

    private static CommandSet Response(
        CommandField field,
        ushort messageId,
        string? sopClassUid,
        string? sopInstanceUid,
        DicomCommandStatusType status,
        bool hasDataSet) => new()
        {
            CommandField = field,
            MessageIdBeingRespondedTo = messageId,
            AffectedSopClassUid = sopClassUid,
            AffectedSopInstanceUid = sopInstanceUid,
            CommandDataSetType = DataSetTypeOf(hasDataSet),
            Status = status,
        };

    private static ushort DataSetTypeOf(bool hasDataSet) => hasDataSet ? DataSetFollows : NoDataSet;
}
