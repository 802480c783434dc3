namespace Dicom.Net.Dimse;

/// <summary>
/// The command set of a DIMSE message: the elements of PS3.7 Table E.1-1. The retired ones of Table E.2-1 are skipped when read.
/// </summary>
/// <remarks>
/// A received value is what the peer says, unchecked: a UID need not look like one, nor an AE title. Neither may become part of a path,
/// nor go into a log unescaped.
/// </remarks>
internal sealed partial record CommandSet
{
    /// <summary>The Command Data Set Type that says that no data set follows; any other says that one does (PS3.7 §E.1).</summary>
    public const ushort NoDataSet = 0x0101;

    // PS3.7 §E.1 leaves the value open; 0001H is what DCMTK sends, so every peer has met it.
    private const ushort DataSetFollows = 0x0001;

    /// <summary>Affected SOP Class UID (0000,0002).</summary>
    public string? AffectedSopClassUid { get => AffectedSopClass.Text; init => AffectedSopClass = new(value); }

    /// <summary>Requested SOP Class UID (0000,0003).</summary>
    public string? RequestedSopClassUid { get => RequestedSopClass.Text; init => RequestedSopClass = new(value); }

    /// <summary>Command Field (0000,0100); may be a value that the standard does not know.</summary>
    public CommandField CommandField { get; init; }

    /// <summary>Message ID (0000,0110), of requests other than C-CANCEL-RQ.</summary>
    public ushort? MessageId { get; init; }

    /// <summary>Message ID Being Responded To (0000,0120), of responses and C-CANCEL-RQ.</summary>
    public ushort? MessageIdBeingRespondedTo { get; init; }

    /// <summary>Move Destination (0000,0600): an AE title.</summary>
    public string? MoveDestination { get; init; }

    /// <summary>Priority (0000,0700).</summary>
    public DicomCommandPriorityType? Priority { get; init; }

    /// <summary>Command Data Set Type (0000,0800).</summary>
    public ushort? CommandDataSetType { get; init; }

    /// <summary>Status (0000,0900), of responses.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value has more than 16 bits: cut, a failure could become a success.</exception>
    public DicomCommandStatusType? Status
    {
        get;
        init => field = (int?)value is null or (>= ushort.MinValue and <= ushort.MaxValue)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Give a status from 0000H to FFFFH.");
    }

    /// <summary>Offending Element (0000,0901): tags, each with its group in the upper half; empty where absent.</summary>
    public IReadOnlyList<uint> OffendingElements { get; init; } = [];

    /// <summary>Error Comment (0000,0902). Cut to 64 characters when written.</summary>
    public string? ErrorComment { get; init; }

    /// <summary>Error ID (0000,0903).</summary>
    public ushort? ErrorId { get; init; }

    /// <summary>Affected SOP Instance UID (0000,1000).</summary>
    public string? AffectedSopInstanceUid { get => AffectedSopInstance.Text; init => AffectedSopInstance = new(value); }

    /// <summary>Requested SOP Instance UID (0000,1001).</summary>
    public string? RequestedSopInstanceUid { get => RequestedSopInstance.Text; init => RequestedSopInstance = new(value); }

    /// <summary>Event Type ID (0000,1002).</summary>
    public ushort? EventTypeId { get; init; }

    /// <summary>Attribute Identifier List (0000,1005): tags, each with its group in the upper half; empty where absent.</summary>
    public IReadOnlyList<uint> AttributeIdentifierList { get; init; } = [];

    /// <summary>Action Type ID (0000,1008).</summary>
    public ushort? ActionTypeId { get; init; }

    /// <summary>Number of Remaining Sub-operations (0000,1020).</summary>
    public ushort? NumberOfRemainingSubOperations { get; init; }

    /// <summary>Number of Completed Sub-operations (0000,1021).</summary>
    public ushort? NumberOfCompletedSubOperations { get; init; }

    /// <summary>Number of Failed Sub-operations (0000,1022).</summary>
    public ushort? NumberOfFailedSubOperations { get; init; }

    /// <summary>Number of Warning Sub-operations (0000,1023).</summary>
    public ushort? NumberOfWarningSubOperations { get; init; }

    /// <summary>Move Originator Application Entity Title (0000,1030).</summary>
    public string? MoveOriginatorApplicationEntityTitle { get; init; }

    /// <summary>Move Originator Message ID (0000,1031).</summary>
    public ushort? MoveOriginatorMessageId { get; init; }

    /// <summary>Whether a data set follows the command set.</summary>
    public bool HasDataSet => CommandDataSetType is not NoDataSet;

    private CommandUid AffectedSopClass { get; init; }

    private CommandUid RequestedSopClass { get; init; }

    private CommandUid AffectedSopInstance { get; init; }

    private CommandUid RequestedSopInstance { get; init; }

    /// <summary>The message's name and ID: safe to log, for it holds no text of the peer's.</summary>
    public override string ToString() => $"{CommandField.ToStandardName()} {MessageId ?? MessageIdBeingRespondedTo}";
}
