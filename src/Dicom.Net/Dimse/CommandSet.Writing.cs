using System.Buffers;

namespace Dicom.Net.Dimse;

internal sealed partial record CommandSet
{
    // Every element of VR US that Write knows.
    private const int UnsignedShortCount = 14;

    // Command Group Length aside.
    private const int ElementCount = 23;

    // Arbitrary: a response that names a class and an instance, and room for all that it has not.
    private const int OrdinaryEncoding = 512;

    /// <summary>Encodes the command set in Implicit VR Little Endian, tags ascending, with its group length (PS3.7 §6.3.1).</summary>
    /// <exception cref="ArgumentException">An AE title is too long, or a text has characters that cannot be encoded.</exception>
    public void Write(IBufferWriter<byte> output) => output.Advance(Write(output.GetSpan(LongestEncoding())));

    /// <summary>Encodes the command set into memory of its own.</summary>
    /// <inheritdoc cref="Write(IBufferWriter{byte})" path="/exception"/>
    public ReadOnlyMemory<byte> Encode()
    {
        var longest = LongestEncoding();
        Span<byte> room = longest <= OrdinaryEncoding ? stackalloc byte[OrdinaryEncoding] : new byte[longest];
        return room[..Write(room)].ToArray();
    }

    private int Write(Span<byte> output)
    {
        var writer = new CommandElementWriter(output);
        writer.Uid(CommandTag.AffectedSopClassUid, AffectedSopClass);
        writer.Uid(CommandTag.RequestedSopClassUid, RequestedSopClass);
        writer.UnsignedShort(CommandTag.CommandField, (ushort)CommandField);
        writer.UnsignedShort(CommandTag.MessageId, MessageId);
        writer.UnsignedShort(CommandTag.MessageIdBeingRespondedTo, MessageIdBeingRespondedTo);
        writer.ApplicationEntity(CommandTag.MoveDestination, MoveDestination);
        writer.UnsignedShort(CommandTag.Priority, (ushort?)Priority);
        writer.UnsignedShort(CommandTag.CommandDataSetType, CommandDataSetType);
        writer.UnsignedShort(CommandTag.Status, (ushort?)Status);
        writer.Tags(CommandTag.OffendingElement, OffendingElements);
        writer.LongString(CommandTag.ErrorComment, ErrorComment);
        writer.UnsignedShort(CommandTag.ErrorId, ErrorId);
        writer.Uid(CommandTag.AffectedSopInstanceUid, AffectedSopInstance);
        writer.Uid(CommandTag.RequestedSopInstanceUid, RequestedSopInstance);
        writer.UnsignedShort(CommandTag.EventTypeId, EventTypeId);
        writer.Tags(CommandTag.AttributeIdentifierList, AttributeIdentifierList);
        writer.UnsignedShort(CommandTag.ActionTypeId, ActionTypeId);
        writer.UnsignedShort(CommandTag.NumberOfRemainingSubOperations, NumberOfRemainingSubOperations);
        writer.UnsignedShort(CommandTag.NumberOfCompletedSubOperations, NumberOfCompletedSubOperations);
        writer.UnsignedShort(CommandTag.NumberOfFailedSubOperations, NumberOfFailedSubOperations);
        writer.UnsignedShort(CommandTag.NumberOfWarningSubOperations, NumberOfWarningSubOperations);
        writer.ApplicationEntity(CommandTag.MoveOriginatorApplicationEntityTitle, MoveOriginatorApplicationEntityTitle);
        writer.UnsignedShort(CommandTag.MoveOriginatorMessageId, MoveOriginatorMessageId);
        return writer.Finish();
    }

    private int LongestEncoding() =>
        CommandElementWriter.GroupLengthSize
        + ElementCount * CommandElementWriter.HeaderSize
        + UnsignedShortCount * sizeof(ushort)
        + 2 * CommandElementWriter.ApplicationEntityLength
        + CommandElementWriter.LongStringLength
        + AffectedSopClass.EncodedLength
        + RequestedSopClass.EncodedLength
        + AffectedSopInstance.EncodedLength
        + RequestedSopInstance.EncodedLength
        + (OffendingElements.Count + AttributeIdentifierList.Count) * sizeof(uint);
}
