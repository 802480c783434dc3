namespace Dicom.Net.Dimse;

// The messages of PS3.7 §9.3. Where a response to a received request is wanted, ResponseTo keeps the peer's UID bytes.
internal sealed partial record CommandSet
{
    /// <summary>C-STORE-RQ (PS3.7 §9.3.1.1); a data set follows.</summary>
    /// <param name="messageId">An ID that no other open operation has.</param>
    /// <param name="sopClassUid">The SOP class of the instance.</param>
    /// <param name="sopInstanceUid">The instance.</param>
    /// <param name="priority">The priority.</param>
    /// <param name="moveOriginator">The AE that asked for it by a C-MOVE, or null.</param>
    /// <param name="moveOriginatorMessageId">The ID of that C-MOVE-RQ, or null.</param>
    public static CommandSet CStoreRq(
        ushort messageId,
        string sopClassUid,
        string sopInstanceUid,
        DicomCommandPriorityType priority = DicomCommandPriorityType.Medium,
        string? moveOriginator = null,
        ushort? moveOriginatorMessageId = null) => new()
        {
            CommandField = CommandField.CStoreRq,
            MessageId = messageId,
            AffectedSopClassUid = sopClassUid,
            AffectedSopInstanceUid = sopInstanceUid,
            Priority = priority,
            CommandDataSetType = DataSetFollows,
            MoveOriginatorApplicationEntityTitle = moveOriginator,
            MoveOriginatorMessageId = moveOriginatorMessageId,
        };

    /// <summary>C-STORE-RSP (PS3.7 §9.3.1.2).</summary>
    public static CommandSet CStoreRsp(ushort messageId, string? sopClassUid, string? sopInstanceUid, DicomCommandStatusType status) =>
        Response(CommandField.CStoreRsp, messageId, sopClassUid, sopInstanceUid, status, hasDataSet: false);

    /// <summary>C-FIND-RQ (PS3.7 §9.3.2.1); an identifier follows.</summary>
    public static CommandSet CFindRq(
        ushort messageId, string sopClassUid, DicomCommandPriorityType priority = DicomCommandPriorityType.Medium) =>
        Query(CommandField.CFindRq, messageId, sopClassUid, priority);

    /// <summary>C-FIND-RSP (PS3.7 §9.3.2.2); an identifier follows where the status is pending.</summary>
    public static CommandSet CFindRsp(ushort messageId, string? sopClassUid, DicomCommandStatusType status, bool hasIdentifier) =>
        Response(CommandField.CFindRsp, messageId, sopClassUid, sopInstanceUid: null, status, hasIdentifier);

    /// <summary>C-GET-RQ (PS3.7 §9.3.3.1); an identifier follows.</summary>
    public static CommandSet CGetRq(
        ushort messageId, string sopClassUid, DicomCommandPriorityType priority = DicomCommandPriorityType.Medium) =>
        Query(CommandField.CGetRq, messageId, sopClassUid, priority);

    /// <summary>C-GET-RSP (PS3.7 §9.3.3.2).</summary>
    public static CommandSet CGetRsp(
        ushort messageId, string? sopClassUid, DicomCommandStatusType status, DicomSubOperations counts, bool hasIdentifier) =>
        Response(CommandField.CGetRsp, messageId, sopClassUid, sopInstanceUid: null, status, hasIdentifier).WithSubOperations(counts);

    /// <summary>C-MOVE-RQ (PS3.7 §9.3.4.1); an identifier follows.</summary>
    /// <param name="messageId">An ID that no other open operation has.</param>
    /// <param name="sopClassUid">The query/retrieve model.</param>
    /// <param name="destination">The AE title to send to.</param>
    /// <param name="priority">The priority.</param>
    public static CommandSet CMoveRq(
        ushort messageId, string sopClassUid, string destination, DicomCommandPriorityType priority = DicomCommandPriorityType.Medium) =>
        Query(CommandField.CMoveRq, messageId, sopClassUid, priority) with { MoveDestination = destination };

    /// <summary>C-MOVE-RSP (PS3.7 §9.3.4.2).</summary>
    public static CommandSet CMoveRsp(
        ushort messageId, string? sopClassUid, DicomCommandStatusType status, DicomSubOperations counts, bool hasIdentifier) =>
        Response(CommandField.CMoveRsp, messageId, sopClassUid, sopInstanceUid: null, status, hasIdentifier).WithSubOperations(counts);

    /// <summary>C-ECHO-RQ (PS3.7 §9.3.5.1).</summary>
    public static CommandSet CEchoRq(ushort messageId, string sopClassUid) => new()
    {
        CommandField = CommandField.CEchoRq,
        MessageId = messageId,
        AffectedSopClassUid = sopClassUid,
        CommandDataSetType = NoDataSet,
    };

    /// <summary>C-ECHO-RSP (PS3.7 §9.3.5.2).</summary>
    public static CommandSet CEchoRsp(ushort messageId, string? sopClassUid, DicomCommandStatusType status) =>
        Response(CommandField.CEchoRsp, messageId, sopClassUid, sopInstanceUid: null, status, hasDataSet: false);

    /// <summary>C-CANCEL-FIND-RQ, C-CANCEL-GET-RQ or C-CANCEL-MOVE-RQ, which are one (PS3.7 §9.3.2.3, §9.3.3.3, §9.3.4.3).</summary>
    /// <param name="messageId">The ID of the request to cancel.</param>
    public static CommandSet CCancelRq(ushort messageId) => new()
    {
        CommandField = CommandField.CCancelRq,
        MessageIdBeingRespondedTo = messageId,
        CommandDataSetType = NoDataSet,
    };

    private static CommandSet Query(CommandField field, ushort messageId, string sopClassUid, DicomCommandPriorityType priority) => new()
    {
        CommandField = field,
        MessageId = messageId,
        AffectedSopClassUid = sopClassUid,
        Priority = priority,
        CommandDataSetType = DataSetFollows,
    };
}
