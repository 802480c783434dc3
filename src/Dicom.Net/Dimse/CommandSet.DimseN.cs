namespace Dicom.Net.Dimse;

// The messages of PS3.7 §10.3. Where a response to a received request is wanted, ResponseTo keeps the peer's UID bytes.
internal sealed partial record CommandSet
{
    /// <summary>N-EVENT-REPORT-RQ (PS3.7 §10.3.1.1); event information may follow.</summary>
    public static CommandSet NEventReportRq(
        ushort messageId, string sopClassUid, string sopInstanceUid, ushort eventTypeId, bool hasDataSet) => new()
        {
            CommandField = CommandField.NEventReportRq,
            MessageId = messageId,
            AffectedSopClassUid = sopClassUid,
            AffectedSopInstanceUid = sopInstanceUid,
            EventTypeId = eventTypeId,
            CommandDataSetType = DataSetTypeOf(hasDataSet),
        };

    /// <summary>N-EVENT-REPORT-RSP (PS3.7 §10.3.1.2); an event reply may follow.</summary>
    public static CommandSet NEventReportRsp(
        ushort messageId,
        string? sopClassUid,
        string? sopInstanceUid,
        DicomCommandStatusType status,
        ushort? eventTypeId,
        bool hasDataSet) =>
        Response(CommandField.NEventReportRsp, messageId, sopClassUid, sopInstanceUid, status, hasDataSet) with
        {
            EventTypeId = eventTypeId,
        };

    /// <summary>N-GET-RQ (PS3.7 §10.3.2.1).</summary>
    /// <param name="messageId">An ID that no other open operation has.</param>
    /// <param name="sopClassUid">The SOP class of the instance.</param>
    /// <param name="sopInstanceUid">The instance.</param>
    /// <param name="attributes">The tags wanted, each with its group in the upper half; none for all attributes.</param>
    public static CommandSet NGetRq(ushort messageId, string sopClassUid, string sopInstanceUid, IReadOnlyList<uint> attributes) =>
        RequestOn(CommandField.NGetRq, messageId, sopClassUid, sopInstanceUid, hasDataSet: false) with
        {
            AttributeIdentifierList = attributes,
        };

    /// <summary>N-GET-RSP (PS3.7 §10.3.2.2); the attribute list follows on success.</summary>
    public static CommandSet NGetRsp(
        ushort messageId, string? sopClassUid, string? sopInstanceUid, DicomCommandStatusType status, bool hasDataSet) =>
        Response(CommandField.NGetRsp, messageId, sopClassUid, sopInstanceUid, status, hasDataSet);

    /// <summary>N-SET-RQ (PS3.7 §10.3.3.1); the modification list follows.</summary>
    public static CommandSet NSetRq(ushort messageId, string sopClassUid, string sopInstanceUid) =>
        RequestOn(CommandField.NSetRq, messageId, sopClassUid, sopInstanceUid, hasDataSet: true);

    /// <summary>N-SET-RSP (PS3.7 §10.3.3.2); the attribute list may follow.</summary>
    public static CommandSet NSetRsp(
        ushort messageId, string? sopClassUid, string? sopInstanceUid, DicomCommandStatusType status, bool hasDataSet) =>
        Response(CommandField.NSetRsp, messageId, sopClassUid, sopInstanceUid, status, hasDataSet);

    /// <summary>N-ACTION-RQ (PS3.7 §10.3.4.1); action information may follow.</summary>
    public static CommandSet NActionRq(ushort messageId, string sopClassUid, string sopInstanceUid, ushort actionTypeId, bool hasDataSet) =>
        RequestOn(CommandField.NActionRq, messageId, sopClassUid, sopInstanceUid, hasDataSet) with { ActionTypeId = actionTypeId };

    /// <summary>N-ACTION-RSP (PS3.7 §10.3.4.2); an action reply may follow.</summary>
    public static CommandSet NActionRsp(
        ushort messageId,
        string? sopClassUid,
        string? sopInstanceUid,
        DicomCommandStatusType status,
        ushort? actionTypeId,
        bool hasDataSet) =>
        Response(CommandField.NActionRsp, messageId, sopClassUid, sopInstanceUid, status, hasDataSet) with
        {
            ActionTypeId = actionTypeId,
        };

    /// <summary>N-CREATE-RQ (PS3.7 §10.3.5.1); the attribute list may follow.</summary>
    /// <param name="messageId">An ID that no other open operation has.</param>
    /// <param name="sopClassUid">The SOP class of the instance.</param>
    /// <param name="sopInstanceUid">The instance, or null to let the peer choose.</param>
    /// <param name="hasDataSet">Whether the attribute list follows.</param>
    public static CommandSet NCreateRq(ushort messageId, string sopClassUid, string? sopInstanceUid, bool hasDataSet) => new()
    {
        CommandField = CommandField.NCreateRq,
        MessageId = messageId,
        AffectedSopClassUid = sopClassUid,
        AffectedSopInstanceUid = sopInstanceUid,
        CommandDataSetType = DataSetTypeOf(hasDataSet),
    };

    /// <summary>N-CREATE-RSP (PS3.7 §10.3.5.2); the attribute list may follow.</summary>
    public static CommandSet NCreateRsp(
        ushort messageId, string? sopClassUid, string? sopInstanceUid, DicomCommandStatusType status, bool hasDataSet) =>
        Response(CommandField.NCreateRsp, messageId, sopClassUid, sopInstanceUid, status, hasDataSet);

    /// <summary>N-DELETE-RQ (PS3.7 §10.3.6.1).</summary>
    public static CommandSet NDeleteRq(ushort messageId, string sopClassUid, string sopInstanceUid) =>
        RequestOn(CommandField.NDeleteRq, messageId, sopClassUid, sopInstanceUid, hasDataSet: false);

    /// <summary>N-DELETE-RSP (PS3.7 §10.3.6.2).</summary>
    public static CommandSet NDeleteRsp(ushort messageId, string? sopClassUid, string? sopInstanceUid, DicomCommandStatusType status) =>
        Response(CommandField.NDeleteRsp, messageId, sopClassUid, sopInstanceUid, status, hasDataSet: false);

    // The services on an instance that exists name it as requested, not affected.
    private static CommandSet RequestOn(
        CommandField field, ushort messageId, string sopClassUid, string sopInstanceUid, bool hasDataSet) => new()
        {
            CommandField = field,
            MessageId = messageId,
            RequestedSopClassUid = sopClassUid,
            RequestedSopInstanceUid = sopInstanceUid,
            CommandDataSetType = DataSetTypeOf(hasDataSet),
        };
}
