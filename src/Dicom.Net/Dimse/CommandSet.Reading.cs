namespace Dicom.Net.Dimse;

internal sealed partial record CommandSet
{
    /// <summary>A command set without elements, to be filled by an initialiser.</summary>
    public CommandSet()
    {
    }

    // Elements may come in any order. Of one that comes twice, against PS3.7 §6.3.1, the last is taken: nothing behind this reader
    // looks at the bytes again, so there is nobody to disagree with it.
    private CommandSet(ReadOnlySpan<byte> bytes)
    {
        while (CommandElement.TryTake(ref bytes, out var element))
        {
            switch (element.Number)
            {
                // Its value is not used: wrong ones are met, and the PDVs say where the command set ends.
                case CommandTag.CommandGroupLength: element.UnsignedLong(); break;
                case CommandTag.AffectedSopClassUid: AffectedSopClass = element.Uid(); break;
                case CommandTag.RequestedSopClassUid: RequestedSopClass = element.Uid(); break;
                case CommandTag.CommandField: CommandField = (CommandField)(element.UnsignedShort() ?? 0); break;
                case CommandTag.MessageId: MessageId = element.UnsignedShort(); break;
                case CommandTag.MessageIdBeingRespondedTo: MessageIdBeingRespondedTo = element.UnsignedShort(); break;
                case CommandTag.MoveDestination: MoveDestination = element.Text(); break;
                case CommandTag.Priority: Priority = (DicomCommandPriorityType?)element.UnsignedShort(); break;
                case CommandTag.CommandDataSetType: CommandDataSetType = element.UnsignedShort(); break;
                case CommandTag.Status: Status = (DicomCommandStatusType?)element.UnsignedShort(); break;
                case CommandTag.OffendingElement: OffendingElements = element.Tags(); break;
                case CommandTag.ErrorComment: ErrorComment = element.Text(); break;
                case CommandTag.ErrorId: ErrorId = element.UnsignedShort(); break;
                case CommandTag.AffectedSopInstanceUid: AffectedSopInstance = element.Uid(); break;
                case CommandTag.RequestedSopInstanceUid: RequestedSopInstance = element.Uid(); break;
                case CommandTag.EventTypeId: EventTypeId = element.UnsignedShort(); break;
                case CommandTag.AttributeIdentifierList: AttributeIdentifierList = element.Tags(); break;
                case CommandTag.ActionTypeId: ActionTypeId = element.UnsignedShort(); break;
                case CommandTag.NumberOfRemainingSubOperations: NumberOfRemainingSubOperations = element.UnsignedShort(); break;
                case CommandTag.NumberOfCompletedSubOperations: NumberOfCompletedSubOperations = element.UnsignedShort(); break;
                case CommandTag.NumberOfFailedSubOperations: NumberOfFailedSubOperations = element.UnsignedShort(); break;
                case CommandTag.NumberOfWarningSubOperations: NumberOfWarningSubOperations = element.UnsignedShort(); break;
                case CommandTag.MoveOriginatorApplicationEntityTitle: MoveOriginatorApplicationEntityTitle = element.Text(); break;
                case CommandTag.MoveOriginatorMessageId: MoveOriginatorMessageId = element.UnsignedShort(); break;
            }
        }
    }

    /// <summary>Decodes a command set: always Implicit VR Little Endian, whatever was negotiated (PS3.7 §6.3.1).</summary>
    /// <exception cref="DimseException">
    /// The bytes are longer than the limit, are no command elements, or lack an element that the message must have.
    /// </exception>
    public static CommandSet Read(ReadOnlySpan<byte> bytes, DimseLimits limits)
    {
        if (bytes.Length > limits.MaximumCommandLength)
        {
            throw new DimseException($"A command set of {bytes.Length} bytes is over the limit of {limits.MaximumCommandLength}.");
        }

        var command = new CommandSet(bytes);
        command.RequireMandatoryElements();
        return command;
    }

    /// <summary>Whether it names no SOP class or instance where it must: an empty UID is none.</summary>
    public bool LacksUid
    {
        get
        {
            var mandatory = MandatoryElements.Of(CommandField);
            return Lacks(CommandElements.AffectedSopClassUid, AffectedSopClassUid) || Lacks(CommandElements.RequestedSopClassUid, RequestedSopClassUid)
                || Lacks(CommandElements.AffectedSopInstanceUid, AffectedSopInstanceUid)
                || Lacks(CommandElements.RequestedSopInstanceUid, RequestedSopInstanceUid);

            bool Lacks(CommandElements element, string? uid) => mandatory.HasFlag(element) && string.IsNullOrEmpty(uid);
        }
    }

    private void RequireMandatoryElements()
    {
        var missing = MandatoryElements.Of(CommandField) & ~PresentElements();
        if (missing is not CommandElements.None)
        {
            throw new DimseException($"{CommandField.ToStandardName()} without {MandatoryElements.NameOfFirst(missing)}.");
        }
    }

    private CommandElements PresentElements() =>
        Flag(CommandField is not CommandField.None, CommandElements.CommandField)
        | Flag(AffectedSopClass.IsPresent, CommandElements.AffectedSopClassUid)
        | Flag(RequestedSopClass.IsPresent, CommandElements.RequestedSopClassUid)
        | Flag(MessageId.HasValue, CommandElements.MessageId)
        | Flag(MessageIdBeingRespondedTo.HasValue, CommandElements.MessageIdBeingRespondedTo)
        | Flag(MoveDestination is not null, CommandElements.MoveDestination)
        | Flag(Priority.HasValue, CommandElements.Priority)
        | Flag(CommandDataSetType.HasValue, CommandElements.CommandDataSetType)
        | Flag(Status.HasValue, CommandElements.Status)
        | Flag(AffectedSopInstance.IsPresent, CommandElements.AffectedSopInstanceUid)
        | Flag(RequestedSopInstance.IsPresent, CommandElements.RequestedSopInstanceUid)
        | Flag(EventTypeId.HasValue, CommandElements.EventTypeId)
        | Flag(ActionTypeId.HasValue, CommandElements.ActionTypeId);

    private static CommandElements Flag(bool isPresent, CommandElements element) => isPresent ? element : CommandElements.None;
}
