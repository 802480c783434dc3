using Dicom.Net.Dimse;

namespace Dicom.Net.Tests.Dimse;

public class CommandSetMessagesTests
{
    private const DicomCommandStatusType Success = DicomCommandStatusType.Success;

    private static readonly DimseLimits Limits = new();

    private static readonly DicomSubOperations Counts = new(Remaining: 70_000, Completed: 3, Failed: 2, Warning: 1);

    private static readonly (CommandField Field, CommandSet Command, bool HasDataSet)[] Messages =
    [
        (CommandField.CStoreRq, CommandSet.CStoreRq(1, "1.2", "1.3"), true),
        (CommandField.CStoreRsp, CommandSet.CStoreRsp(1, "1.2", "1.3", Success), false),
        (CommandField.CFindRq, CommandSet.CFindRq(1, "1.2"), true),
        (CommandField.CFindRsp, CommandSet.CFindRsp(1, "1.2", DicomCommandStatusType.Pending, hasIdentifier: true), true),
        (CommandField.CGetRq, CommandSet.CGetRq(1, "1.2"), true),
        (CommandField.CGetRsp, CommandSet.CGetRsp(1, "1.2", Success, Counts, hasIdentifier: false), false),
        (CommandField.CMoveRq, CommandSet.CMoveRq(1, "1.2", "DEST"), true),
        (CommandField.CMoveRsp, CommandSet.CMoveRsp(1, "1.2", Success, Counts, hasIdentifier: false), false),
        (CommandField.CEchoRq, CommandSet.CEchoRq(1, "1.2"), false),
        (CommandField.CEchoRsp, CommandSet.CEchoRsp(1, "1.2", Success), false),
        (CommandField.CCancelRq, CommandSet.CCancelRq(1), false),
        (CommandField.NEventReportRq, CommandSet.NEventReportRq(1, "1.2", "1.3", 2, hasDataSet: true), true),
        (CommandField.NEventReportRsp, CommandSet.NEventReportRsp(1, "1.2", "1.3", Success, 2, hasDataSet: false), false),
        (CommandField.NGetRq, CommandSet.NGetRq(1, "1.2", "1.3", [0x00100010]), false),
        (CommandField.NGetRsp, CommandSet.NGetRsp(1, "1.2", "1.3", Success, hasDataSet: true), true),
        (CommandField.NSetRq, CommandSet.NSetRq(1, "1.2", "1.3"), true),
        (CommandField.NSetRsp, CommandSet.NSetRsp(1, "1.2", "1.3", Success, hasDataSet: true), true),
        (CommandField.NActionRq, CommandSet.NActionRq(1, "1.2", "1.3", 4, hasDataSet: true), true),
        (CommandField.NActionRsp, CommandSet.NActionRsp(1, "1.2", "1.3", Success, 4, hasDataSet: false), false),
        (CommandField.NCreateRq, CommandSet.NCreateRq(1, "1.2", null, hasDataSet: true), true),
        (CommandField.NCreateRsp, CommandSet.NCreateRsp(1, "1.2", "1.3", Success, hasDataSet: false), false),
        (CommandField.NDeleteRq, CommandSet.NDeleteRq(1, "1.2", "1.3"), false),
        (CommandField.NDeleteRsp, CommandSet.NDeleteRsp(1, "1.2", "1.3", Success), false),
    ];

    [Fact]
    public void Factories_EveryMessageOfTheStandard_IsOneThatOurReaderTakes()
    {
        Assert.Equal(Enum.GetValues<CommandField>().Skip(1).Order(), Messages.Select(message => message.Field).Order());
        foreach (var (field, command, hasDataSet) in Messages)
        {
            var read = CommandSet.Read(command.Encode().Span, Limits);
            Assert.Equal(field, read.CommandField);
            Assert.Equal(hasDataSet, read.HasDataSet);
            Assert.Equal(field.IsResponse() || field is CommandField.CCancelRq, read.MessageId is null);
            Assert.Equal((ushort)1, read.MessageId ?? read.MessageIdBeingRespondedTo);
        }
    }

    [Fact]
    public void Factories_RequestsOnAnInstanceThatExists_NameItAsRequested()
    {
        foreach (var (field, command, _) in Messages.Where(message => !message.Field.IsResponse()))
        {
            var isRequested = field is CommandField.NGetRq or CommandField.NSetRq or CommandField.NActionRq or CommandField.NDeleteRq;
            Assert.Equal(isRequested, command.RequestedSopClassUid == "1.2");
            Assert.Equal(isRequested, command.RequestedSopInstanceUid == "1.3");
        }
    }

    [Fact]
    public void ResponseTo_EveryRequest_IsItsResponseAndNamesTheInstanceAsAffected()
    {
        foreach (var (field, request, _) in Messages.Where(message => message.Command.MessageId is not null))
        {
            var response = CommandSet.ResponseTo(request, DicomCommandStatusType.ProcessingFailure);

            Assert.Equal((CommandField)((int)field + 0x8000), response.CommandField);
            Assert.Equal(request.MessageId, response.MessageIdBeingRespondedTo);
            Assert.Null(response.MessageId);
            Assert.Equal("1.2", response.AffectedSopClassUid);
            Assert.Null(response.RequestedSopClassUid);
            Assert.Equal(request.AffectedSopInstanceUid ?? request.RequestedSopInstanceUid, response.AffectedSopInstanceUid);
            Assert.Equal(request.EventTypeId, response.EventTypeId);
            Assert.Equal(request.ActionTypeId, response.ActionTypeId);
            Assert.Equal(DicomCommandStatusType.ProcessingFailure, response.Status);
            Assert.False(response.HasDataSet);
        }
    }

    [Fact]
    public void ResponseTo_MessageWithoutResponse_IsTheCallersMistake()
    {
        Assert.Throws<ArgumentException>(() => CommandSet.ResponseTo(CommandSet.CCancelRq(1), Success));
        Assert.Throws<ArgumentException>(() => CommandSet.ResponseTo(CommandSet.CEchoRsp(1, "1.2", Success), Success));
    }

    [Theory]
    [InlineData("1.2.33")]
    [InlineData("1.2.3\0")]
    [InlineData("1.2.3 ")]
    [InlineData("1.2.3")]
    [InlineData("1.2.33 \0")]
    [InlineData("1.2.\u00E9 ")]
    public void ResponseTo_Point50UidPaddedByThePeer_ReturnsHisBytes(string sent)
    {
        var request = CommandSet.Read(
            RawCommand.CStoreRq().Without(0x0002).Text(0x0002, sent).Without(0x1000).Text(0x1000, sent).Bytes(), Limits);
        var expected = new RawCommand().Text(0x0002, sent).Bytes();
        var expectedInstance = new RawCommand().Text(0x1000, sent).Bytes();

        var encoded = CommandSet.ResponseTo(request, Success).Encode().ToArray();

        Assert.Equal(expected, encoded[12..(12 + expected.Length)]);
        Assert.Equal(expectedInstance, encoded[^expectedInstance.Length..]);
    }

    [Fact]
    public void ResponseTo_Point51UnknownOperation_CanBeAnsweredWith0211H()
    {
        var request = CommandSet.Read(RawCommand.CStoreRq().Without(0x0100).Us(0x0100, 0x7777).Bytes(), Limits);

        var response = CommandSet.ResponseTo(request, DicomCommandStatusType.UnrecognizedOperation);

        Assert.Equal(0xF777, (int)response.CommandField);
        Assert.Equal(0x0211, (int)response.Status!);
        Assert.Equal((ushort)7, response.MessageIdBeingRespondedTo);
    }

    [Theory]
    [InlineData(DicomCommandStatusType.Pending, true)]
    [InlineData(DicomCommandStatusType.Cancel, true)]
    [InlineData(DicomCommandStatusType.Success, false)]
    [InlineData(DicomCommandStatusType.CoercionOfDataElements, false)]
    [InlineData(DicomCommandStatusType.UnableToPerformSubOperations, false)]
    public void WithSubOperations_Point56FinalResponse_LeavesOutWhatRemains(DicomCommandStatusType status, bool hasRemaining)
    {
        var response = CommandSet.CMoveRsp(1, "1.2", status, Counts, hasIdentifier: false);

        Assert.Equal(hasRemaining ? ushort.MaxValue : null, response.NumberOfRemainingSubOperations);
        Assert.Equal((ushort)3, response.NumberOfCompletedSubOperations);
        Assert.Equal((ushort)2, response.NumberOfFailedSubOperations);
        Assert.Equal((ushort)1, response.NumberOfWarningSubOperations);
    }

    [Fact]
    public void CStoreRq_Point58SubOperationOfAMove_NamesTheMove()
    {
        var command = CommandSet.CStoreRq(9, "1.2", "1.3", moveOriginator: "MOVER", moveOriginatorMessageId: 4);

        Assert.Equal("MOVER", command.MoveOriginatorApplicationEntityTitle);
        Assert.Equal((ushort)4, command.MoveOriginatorMessageId);
    }
}
