using Dicom.Net.Dimse;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.Dimse;

public class CommandSetReadingTests
{
    private static readonly DimseLimits Limits = new();

    [Fact]
    public void Read_EveryElement_HasItsProperty()
    {
        var command = Read(new RawCommand()
            .Text(0x0002, "1.2\0").Text(0x0003, "1.3\0").Us(0x0100, 0x8021).Us(0x0110, 1).Us(0x0120, 2).Text(0x0600, "DEST").Us(0x0700, 2)
            .Us(0x0800, 0x0102).Us(0x0900, 0xA702).With(0x0901, 0x10, 0x00, 0x20, 0x00, 0x08, 0x00, 0x18, 0x00).Text(0x0902, "why")
            .Us(0x0903, 3).Text(0x1000, "1.4\0").Text(0x1001, "1.5\0").Us(0x1002, 4).With(0x1005, 0xE0, 0x7F, 0x10, 0x00).Us(0x1008, 5)
            .Us(0x1020, 6).Us(0x1021, 7).Us(0x1022, 8).Us(0x1023, 9).Text(0x1030, "ORIGIN").Us(0x1031, 65535));

        Assert.Equal("1.2", command.AffectedSopClassUid);
        Assert.Equal("1.3", command.RequestedSopClassUid);
        Assert.Equal(CommandField.CMoveRsp, command.CommandField);
        Assert.Equal((ushort)1, command.MessageId);
        Assert.Equal((ushort)2, command.MessageIdBeingRespondedTo);
        Assert.Equal("DEST", command.MoveDestination);
        Assert.Equal(DicomCommandPriorityType.Low, command.Priority);
        Assert.Equal((ushort)0x0102, command.CommandDataSetType);
        Assert.Equal(DicomCommandStatusType.UnableToPerformSubOperations, command.Status);
        Assert.Equal([0x00100020u, 0x00080018u], command.OffendingElements);
        Assert.Equal("why", command.ErrorComment);
        Assert.Equal((ushort)3, command.ErrorId);
        Assert.Equal("1.4", command.AffectedSopInstanceUid);
        Assert.Equal("1.5", command.RequestedSopInstanceUid);
        Assert.Equal((ushort)4, command.EventTypeId);
        Assert.Equal([0x7FE00010u], command.AttributeIdentifierList);
        Assert.Equal((ushort)5, command.ActionTypeId);
        Assert.Equal((ushort)6, command.NumberOfRemainingSubOperations);
        Assert.Equal((ushort)7, command.NumberOfCompletedSubOperations);
        Assert.Equal((ushort)8, command.NumberOfFailedSubOperations);
        Assert.Equal((ushort)9, command.NumberOfWarningSubOperations);
        Assert.Equal("ORIGIN", command.MoveOriginatorApplicationEntityTitle);
        Assert.Equal((ushort)65535, command.MoveOriginatorMessageId);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(1u)]
    [InlineData(0xFFFFFFFFu)]
    public void Read_Point47WrongGroupLength_IsTolerated(uint length)
    {
        byte[] bytes = [0, 0, 0, 0, 4, 0, 0, 0, .. BitConverter.GetBytes(length), .. RawCommand.CStoreRq().Bytes()];

        Assert.Equal("1.2.3", CommandSet.Read(bytes, Limits).AffectedSopInstanceUid);
    }

    [Fact]
    public void Read_Point47MissingGroupLength_IsTolerated() => Assert.Equal((ushort)7, Read(RawCommand.CStoreRq()).MessageId);

    [Fact]
    public void Read_ElementsOutOfOrder_AreTolerated() =>
        Assert.Equal(Read(RawCommand.CStoreRq()), Read(RawCommand.CStoreRq().Reversed()));

    [Fact]
    public void Read_UnknownAndRetiredElements_AreSkipped() =>
        Assert.Equal(
            Read(RawCommand.CStoreRq()),
            Read(RawCommand.CStoreRq().With(0x0001, 1, 0, 0, 0).Us(0x0860, 4).Text(0x5010, "set").With(0xFFFF)));

    [Theory]
    [InlineData(0x0101, false)]
    [InlineData(0x0000, true)]
    [InlineData(0x0001, true)]
    [InlineData(0x0100, true)]
    [InlineData(0x0102, true)]
    [InlineData(0xFFFF, true)]
    public void HasDataSet_Point48AnyTypeBut0101H_SaysThatOneFollows(int type, bool expected) =>
        Assert.Equal(expected, Read(RawCommand.CStoreRq().Without(0x0800).Us(0x0800, type)).HasDataSet);

    [Fact]
    public void Read_Point50EchoResponseWithoutSopClass_IsTolerated()
    {
        var command = Read(RawCommand.CEchoRsp());

        Assert.Null(command.AffectedSopClassUid);
        Assert.Equal(DicomCommandStatusType.Success, command.Status);
    }

    [Theory]
    [InlineData("1.2.3\0")]
    [InlineData("1.2.3 ")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3\0\0\0")]
    [InlineData("1.2.3  \0")]
    public void Read_Point50UidPaddedInAnyManner_IsTrimmed(string padded) =>
        Assert.Equal("1.2.3", Read(RawCommand.CStoreRq().Without(0x1000).Text(0x1000, padded)).AffectedSopInstanceUid);

    [Theory]
    [InlineData(" STORE ", "STORE")]
    [InlineData("STORE\0", "STORE")]
    [InlineData("A B", "A B")]
    [InlineData("    ", null)]
    public void Read_AeTitle_LosesItsPadding(string sent, string? expected) =>
        Assert.Equal(expected, Read(RawCommand.CStoreRq().Text(0x1030, sent)).MoveOriginatorApplicationEntityTitle);

    [Fact]
    public void Read_EmptyValues_CountAsAbsent()
    {
        var command = Read(RawCommand.CStoreRq().With(0x0903).With(0x1030).With(0x1031).With(0x0901).With(0x0003));

        Assert.Null(command.ErrorId);
        Assert.Null(command.MoveOriginatorApplicationEntityTitle);
        Assert.Null(command.MoveOriginatorMessageId);
        Assert.Empty(command.OffendingElements);
        Assert.Null(command.RequestedSopClassUid);
    }

    [Theory]
    [InlineData(0x7777)]
    [InlineData(0x0000 | 0x0002)]
    public void Read_Point51UnknownOperation_IsReadSoThatItCanBeAnswered(int field)
    {
        var command = Read(RawCommand.CStoreRq().Without(0x0100).Us(0x0100, field));

        Assert.Equal((CommandField)field, command.CommandField);
        Assert.Equal($"command {field:X4}H 7", command.ToString());
    }

    [Fact]
    public void Read_Point53CCancel_TellsTheOperationByMessageIdBeingRespondedTo()
    {
        var command = Read(new RawCommand().Us(0x0100, 0x0FFF).Us(0x0120, 9).Us(0x0800, 0x0101));

        Assert.Equal(CommandField.CCancelRq, command.CommandField);
        Assert.Equal((ushort)9, command.MessageIdBeingRespondedTo);
        Assert.False(command.HasDataSet);
    }

    [Fact]
    public void Read_ElementThatComesTwice_CountsTheLastTime() =>
        Assert.Equal((ushort)8, Read(RawCommand.CStoreRq().Us(0x0110, 8)).MessageId);

    [Fact]
    public void ToString_HostileText_HoldsNoneOfIt() =>
        Assert.Equal("C-STORE-RQ 7", Read(RawCommand.CStoreRq().Text(0x1030, "\r\nroot in")).ToString());

    [Fact]
    public void Read_UsualCStoreRq_AllocatesTheObjectAndTheInstanceUidOnly()
    {
        var bytes = RawCommand.CStoreRq().Bytes();
        var length = CommandSet.Read(bytes, Limits).AffectedSopInstanceUid!.Length;
        object? kept = null;

        Assert.Equal(
            Allocations.LeastOf(() => kept = new CommandSet()) + Allocations.LeastOf(() => kept = new string('1', length)),
            Allocations.LeastOf(() => kept = CommandSet.Read(bytes, Limits)));
        GC.KeepAlive(kept);
    }

    private static CommandSet Read(RawCommand raw) => CommandSet.Read(raw.Bytes(), Limits);
}
