using System.Numerics;
using static Dicom.Net.Dimse.CommandElements;
using static Dicom.Net.Dimse.CommandField;

namespace Dicom.Net.Dimse;

/// <summary>The elements that some message must have.</summary>
[Flags]
internal enum CommandElements
{
    None = 0,
    CommandField = 1 << 0,
    AffectedSopClassUid = 1 << 1,
    RequestedSopClassUid = 1 << 2,
    MessageId = 1 << 3,
    MessageIdBeingRespondedTo = 1 << 4,
    MoveDestination = 1 << 5,
    Priority = 1 << 6,
    CommandDataSetType = 1 << 7,
    Status = 1 << 8,
    AffectedSopInstanceUid = 1 << 9,
    RequestedSopInstanceUid = 1 << 10,
    EventTypeId = 1 << 11,
    ActionTypeId = 1 << 12,
}

/// <summary>
/// Which elements a message must have: the parameters marked M in the service definitions of PS3.7 §9.1 and §10.1, with the elements
/// that the protocol of §9.3 and §10.3 adds to every message.
/// </summary>
internal static class MandatoryElements
{
    private const CommandElements EveryMessage = CommandElements.CommandField | CommandDataSetType;

    private const CommandElements EveryRequest = EveryMessage | MessageId;

    // The SOP class and instance of a response are optional: U(=) in PS3.7 §9.1 and §10.1.
    private const CommandElements EveryResponse = EveryMessage | MessageIdBeingRespondedTo | Status;

    /// <summary>The elements that a message of this Command Field must have.</summary>
    public static CommandElements Of(CommandField field) => field switch
    {
        CStoreRq => EveryRequest | AffectedSopClassUid | Priority | AffectedSopInstanceUid,          // §9.1.1.1
        CFindRq => EveryRequest | AffectedSopClassUid | Priority,                                    // §9.1.2.1
        CGetRq => EveryRequest | AffectedSopClassUid | Priority,                                     // §9.1.3.1
        CMoveRq => EveryRequest | AffectedSopClassUid | Priority | MoveDestination,                  // §9.1.4.1
        CEchoRq => EveryRequest | AffectedSopClassUid,                                               // §9.1.5.1
        CCancelRq => EveryMessage | MessageIdBeingRespondedTo,                                       // §9.3.2.3
        NEventReportRq => EveryRequest | AffectedSopClassUid | AffectedSopInstanceUid | EventTypeId, // §10.1.1.1
        NGetRq => EveryRequest | RequestedSopClassUid | RequestedSopInstanceUid,                     // §10.1.2.1
        NSetRq => EveryRequest | RequestedSopClassUid | RequestedSopInstanceUid,                     // §10.1.3.1
        NActionRq => EveryRequest | RequestedSopClassUid | RequestedSopInstanceUid | ActionTypeId,   // §10.1.4.1
        NCreateRq => EveryRequest | AffectedSopClassUid,                                             // §10.1.5.1
        NDeleteRq => EveryRequest | RequestedSopClassUid | RequestedSopInstanceUid,                  // §10.1.6.1
        _ => field.IsResponse() ? EveryResponse : EveryRequest,
    };

    /// <summary>The name and tag of the first of some elements, for messages to people.</summary>
    public static string NameOfFirst(CommandElements elements) =>
        (CommandElements)(1 << BitOperations.TrailingZeroCount((int)elements)) switch
        {
            CommandElements.CommandField => "Command Field (0000,0100)",
            AffectedSopClassUid => "Affected SOP Class UID (0000,0002)",
            RequestedSopClassUid => "Requested SOP Class UID (0000,0003)",
            MessageId => "Message ID (0000,0110)",
            MessageIdBeingRespondedTo => "Message ID Being Responded To (0000,0120)",
            MoveDestination => "Move Destination (0000,0600)",
            Priority => "Priority (0000,0700)",
            CommandDataSetType => "Command Data Set Type (0000,0800)",
            Status => "Status (0000,0900)",
            AffectedSopInstanceUid => "Affected SOP Instance UID (0000,1000)",
            RequestedSopInstanceUid => "Requested SOP Instance UID (0000,1001)",
            EventTypeId => "Event Type ID (0000,1002)",
            _ => "Action Type ID (0000,1008)",
        };
}
