using System.Buffers;
using Dicom.Net.Dimse;

namespace Dicom.Net.Tests.Dimse;

public class CommandSetWritingTests
{
    private static readonly DimseLimits Limits = new();

    [Fact]
    public void Encode_CEchoRq_IsThisSequenceOfBytes()
    {
        byte[] expected =
        [
            0x00, 0x00, 0x00, 0x00, 4, 0, 0, 0, 56, 0, 0, 0,           // (0000,0000) UL 56 bytes follow
            0x00, 0x00, 0x02, 0x00, 18, 0, 0, 0,                       // (0000,0002) UI Affected SOP Class UID
            .. "1.2.840.10008.1.1\0"u8,                                //             Verification, padded with NUL
            0x00, 0x00, 0x00, 0x01, 2, 0, 0, 0, 0x30, 0x00,            // (0000,0100) US C-ECHO-RQ
            0x00, 0x00, 0x10, 0x01, 2, 0, 0, 0, 0x34, 0x12,            // (0000,0110) US Message ID 1234H
            0x00, 0x00, 0x00, 0x08, 2, 0, 0, 0, 0x01, 0x01,            // (0000,0800) US no data set
        ];

        Assert.Equal(expected, CommandSet.CEchoRq(0x1234, "1.2.840.10008.1.1").Encode().ToArray());
    }

    [Fact]
    public void Encode_CStoreRq_IsThisSequenceOfBytes()
    {
        byte[] expected =
        [
            0x00, 0x00, 0x00, 0x00, 4, 0, 0, 0, 110, 0, 0, 0,          // (0000,0000) UL 110 bytes follow
            0x00, 0x00, 0x02, 0x00, 26, 0, 0, 0,                       // (0000,0002) UI Affected SOP Class UID
            .. "1.2.840.10008.5.1.4.1.1.2\0"u8,                        //             CT Image Storage, padded with NUL
            0x00, 0x00, 0x00, 0x01, 2, 0, 0, 0, 0x01, 0x00,            // (0000,0100) US C-STORE-RQ
            0x00, 0x00, 0x10, 0x01, 2, 0, 0, 0, 0x05, 0x00,            // (0000,0110) US Message ID 5
            0x00, 0x00, 0x00, 0x07, 2, 0, 0, 0, 0x01, 0x00,            // (0000,0700) US priority high
            0x00, 0x00, 0x00, 0x08, 2, 0, 0, 0, 0x01, 0x00,            // (0000,0800) US a data set follows
            0x00, 0x00, 0x00, 0x10, 6, 0, 0, 0, .. "1.2.33"u8,         // (0000,1000) UI Affected SOP Instance UID
            0x00, 0x00, 0x30, 0x10, 4, 0, 0, 0, .. "AE1 "u8,           // (0000,1030) AE Move Originator AE Title, padded with space
            0x00, 0x00, 0x31, 0x10, 2, 0, 0, 0, 0x09, 0x00,            // (0000,1031) US Move Originator Message ID 9
        ];

        var command = CommandSet.CStoreRq(5, "1.2.840.10008.5.1.4.1.1.2", "1.2.33", DicomCommandPriorityType.High, "AE1", 9);

        Assert.Equal(expected, command.Encode().ToArray());
    }

    [Fact]
    public void Write_EveryElement_AscendsAndReadsBackTheSame()
    {
        var command = Full();
        var output = new ArrayBufferWriter<byte>();

        command.Write(output);

        Assert.Equal(command.Encode().ToArray(), output.WrittenSpan.ToArray());
        var numbers = ElementNumbers(output.WrittenSpan);
        Assert.Equal(24, numbers.Count);
        Assert.Equal(numbers.Order(), numbers);
        Assert.Equal(output.WrittenCount - 12, BitConverter.ToInt32(output.WrittenSpan[8..]));
        var back = CommandSet.Read(output.WrittenSpan, Limits);
        Assert.Equal(command.OffendingElements, back.OffendingElements);
        Assert.Equal(command.AttributeIdentifierList, back.AttributeIdentifierList);
        Assert.Equal(WithoutLists(command), WithoutLists(back));
    }

    [Fact]
    public void Encode_Point59LongErrorComment_IsCutSoThatTheResponseStillGoesOut()
    {
        var command = CommandSet.CStoreRsp(1, "1.2", "1.3", DicomCommandStatusType.ProcessingFailure) with
        {
            ErrorComment = new string('x', 60) + "\\\r\nüé" + new string('y', 5000),
        };

        Assert.Equal(new string('x', 60) + "????", CommandSet.Read(command.Encode().Span, Limits).ErrorComment);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public void Encode_EmptyText_IsLeftOut(string? empty)
    {
        var command = CommandSet.CStoreRq(1, "1.2", "1.3", moveOriginator: empty) with
        {
            ErrorComment = empty,
            RequestedSopClassUid = empty,
        };

        Assert.Equal([0x0000, 0x0002, 0x0100, 0x0110, 0x0700, 0x0800, 0x1000], ElementNumbers(command.Encode().Span));
    }

    [Fact]
    public void Encode_CallersMistakes_AreArgumentExceptions()
    {
        Assert.Throws<ArgumentException>(() => CommandSet.CMoveRq(1, "1.2", "SEVENTEEN LETTERS").Encode());
        Assert.Throws<ArgumentException>(() => CommandSet.CMoveRq(1, "1.2", "東京").Encode());
        Assert.Throws<ArgumentException>(() => CommandSet.CEchoRq(1, "1.2.東").Encode());
        Assert.Throws<ArgumentOutOfRangeException>(() => CommandSet.CEchoRsp(1, "1.2", (DicomCommandStatusType)0x10000));
        Assert.Throws<ArgumentOutOfRangeException>(() => CommandSet.CEchoRsp(1, "1.2", (DicomCommandStatusType)(-1)));
    }

    [Fact]
    public void Encode_LongestTextsEverywhere_HasRoom()
    {
        var command = Full() with
        {
            MoveDestination = "SIXTEEN LETTERS.",
            MoveOriginatorApplicationEntityTitle = "SIXTEEN LETTERS.",
            ErrorComment = new string('c', 64),
            AffectedSopClassUid = new string('1', 63),
            AttributeIdentifierList = [.. Enumerable.Range(0, 1000).Select(i => (uint)i)],
        };

        var back = CommandSet.Read(command.Encode().Span, Limits);

        Assert.Equal(command.AttributeIdentifierList, back.AttributeIdentifierList);
        Assert.Equal(WithoutLists(command), WithoutLists(back));
    }

    private static CommandSet Full() => new()
    {
        CommandField = CommandField.CMoveRsp,
        AffectedSopClassUid = "1.2.3",
        RequestedSopClassUid = "1.2.34",
        MessageId = 1,
        MessageIdBeingRespondedTo = 2,
        MoveDestination = "DEST",
        Priority = DicomCommandPriorityType.Low,
        CommandDataSetType = 0x0102,
        Status = DicomCommandStatusType.PendingWarning,
        OffendingElements = [0x00100020, 0x00080018],
        ErrorComment = "comment",
        ErrorId = 3,
        AffectedSopInstanceUid = "1.2.3.4",
        RequestedSopInstanceUid = "1.2.3.45",
        EventTypeId = 4,
        AttributeIdentifierList = [0x7FE00010],
        ActionTypeId = 5,
        NumberOfRemainingSubOperations = 6,
        NumberOfCompletedSubOperations = 7,
        NumberOfFailedSubOperations = 8,
        NumberOfWarningSubOperations = 9,
        MoveOriginatorApplicationEntityTitle = "ORIGINATOR",
        MoveOriginatorMessageId = 10,
    };

    // Lists are equal by reference in a record.
    private static CommandSet WithoutLists(CommandSet command) => command with { OffendingElements = [], AttributeIdentifierList = [] };

    private static List<int> ElementNumbers(ReadOnlySpan<byte> bytes)
    {
        var numbers = new List<int>();
        for (; !bytes.IsEmpty; bytes = bytes[(8 + BitConverter.ToInt32(bytes[4..]))..])
        {
            Assert.Equal(0, BitConverter.ToInt32(bytes[4..]) % 2);
            numbers.Add(BitConverter.ToUInt16(bytes[2..]));
        }

        return numbers;
    }
}
