using Dicom.Net.Associations;
using Dicom.Net.Pdus;
using Dicom.Net.Tests.Pdus;
using Dicom.Net.Tests.Support;
using Dicom.Net.UpperLayer;

namespace Dicom.Net.Tests.Associations;

/// <summary>Points 11 to 35: establishing an association, from either side.</summary>
public sealed class DriverAssociateTests
{
    private static readonly byte[] Information = PduBytes.UserInformation(PduBytes.Item(ItemType.MaximumLength, [0, 0, 0x40, 0]));

    [Theory]
    [InlineData(0x0001, "AAssociateAc")]
    [InlineData(0xFFFF, "AAssociateAc")]
    [InlineData(0x0002, "AAssociateRj 1/2/2")]
    public async Task Driver_Point11ProtocolVersion_OnlyBit0IsTested(int version, string answer)
    {
        await using var driver = new InlineDriver();
        driver.Deliver(WireBytes.Of(WireBytes.Request() with { ProtocolVersion = (ushort)version }));
        driver.ExpectSent(answer);
    }

    [Theory]
    [InlineData("  SCP", "SCU\0\0\0", "AAssociateAc")]
    [InlineData("", "SCU", "AAssociateRj 1/1/7")]
    [InlineData("SCP", "", "AAssociateRj 1/1/3")]
    public async Task Driver_Point12AETitles_PaddingIsNotSignificant(string called, string calling, string answer)
    {
        await using var driver = new InlineDriver();
        driver.Deliver(RawRequest(PduBytes.AssociateTo(called, calling, PduBytes.ApplicationContext, PduBytes.ContextRq(), Information)));
        driver.ExpectSent(answer);
    }

    [Theory]
    [InlineData("1.2.840.10008.3.1.1.1\0", "AAssociateAc")]
    [InlineData("1.2.840.10008.3.1.1.2", "AAssociateRj 1/1/2")]
    public async Task Driver_Point14ApplicationContext_IsTested(string name, string answer)
    {
        await using var driver = new InlineDriver();
        var context = PduBytes.Item(ItemType.ApplicationContext, PduBytes.Text(name));
        driver.Deliver(RawRequest(PduBytes.Associate(context, PduBytes.ContextRq(), Information)));
        driver.ExpectSent(answer);
        Assert.Equal(answer == "AAssociateAc", driver.Handler.Names.Contains("AssociateRequest"));
    }

    [Fact]
    public async Task Driver_Point15UnknownItem_IsSkipped()
    {
        await using var driver = new InlineDriver();
        var unknown = PduBytes.Item(0x77, [1, 2, 3]);
        driver.Deliver(RawRequest(PduBytes.Associate(unknown, PduBytes.ApplicationContext, PduBytes.ContextRq(), unknown, Information)));
        driver.ExpectSent("AAssociateAc");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(0)]
    public async Task Driver_Point18EvenContextId_IsAborted(byte id) =>
        await ExpectAbortAsync(PduBytes.Associate(PduBytes.ApplicationContext, PduBytes.ContextRq(id), Information));

    [Fact]
    public async Task Driver_Point19ContextIdTwice_IsAborted() => await ExpectAbortAsync(
        PduBytes.Associate(PduBytes.ApplicationContext, PduBytes.ContextRq(1), PduBytes.ContextRq(1), Information));

    [Fact]
    public async Task Driver_Point20NoContext_IsAborted() =>
        await ExpectAbortAsync(PduBytes.Associate(PduBytes.ApplicationContext, Information));

    [Fact]
    public async Task Driver_Point26MaximumLengthItemOfTwoBytes_IsAborted() => await ExpectAbortAsync(PduBytes.Associate(
        PduBytes.ApplicationContext, PduBytes.ContextRq(), PduBytes.UserInformation(PduBytes.Item(ItemType.MaximumLength, [0, 1]))));

    [Fact]
    public async Task Driver_Point21RejectedContextWithoutTransferSyntax_IsRejectedOnly()
    {
        await using var driver = InlineDriver.Requesting();
        driver.Deliver(RawAnswer(PduBytes.ContextAc(1, 3), Accepted(3)));
        Assert.Equal(SendOutcome.ContextNotAccepted, driver.Port.Send(1, new byte[10], null));
        Assert.Equal(SendOutcome.Queued, driver.Port.Send(3, new byte[10], null));
    }

    [Fact]
    public async Task Driver_Point22TransferSyntaxNeverProposed_IsAborted()
    {
        await using var driver = InlineDriver.Requesting();
        driver.Deliver(RawAnswer(Accepted(1, "1.2.840.10008.1.2.4.50")));
        driver.ExpectSent("AAbort 2/6");
        Assert.Equal(["Connected", "Abort"], driver.Handler.Names);
        Assert.False(driver.Port.IsAssociated);
    }

    [Fact]
    public async Task Driver_Point23ContextsLackingOrTooMany_AreRejectedAndIgnored()
    {
        await using var driver = InlineDriver.Requesting();
        driver.Deliver(RawAnswer(Accepted(3), Accepted(99, "1.2.3")));
        Assert.True(driver.Port.IsAssociated);
        Assert.Equal(SendOutcome.ContextNotAccepted, driver.Port.Send(1, new byte[10], null));
        Assert.Equal(SendOutcome.ContextNotAccepted, driver.Port.Send(99, new byte[10], null));
        Assert.Equal(SendOutcome.Queued, driver.Port.Send(3, new byte[10], null));
    }

    [Fact]
    public async Task Driver_Point24TitlesInTheAnswer_AreNotTested()
    {
        await using var driver = InlineDriver.Requesting();
        var answer = RawAnswer(Accepted(1));
        answer.AsSpan(10, 64).Fill(0xFF);
        driver.Deliver(answer);
        Assert.True(driver.Port.IsAssociated);
    }

    [Fact]
    public async Task Driver_Point25AnswerWithoutUserInformation_IsUnlimited()
    {
        await using var driver = InlineDriver.Requesting();
        driver.Deliver(WireBytes.Pdu(2, PduBytes.Associate(PduBytes.ApplicationContext, Accepted(1))));
        Assert.Equal(SendOutcome.Queued, driver.Port.Send(1, new byte[60_000], null));
        Assert.Equal(60_006, Assert.Single(driver.TakeSent()).Body.Length);
    }

    [Fact]
    public async Task Driver_Point28And29And30AnswerGrantsWhatWasNotProposed_IsIgnoredAndLogged()
    {
        await using var driver = InlineDriver.Requesting();
        var excess = PduBytes.UserInformation(
            PduBytes.Item(ItemType.AsynchronousOperationsWindow, [0, 0, 0, 0]),
            PduBytes.Item(ItemType.RoleSelection, PduBytes.Counted(WireBytes.CTImageStorage), [1, 1]),
            PduBytes.Item(ItemType.UserIdentityAc, [0, 0]));
        driver.Deliver(WireBytes.Pdu(2, PduBytes.Associate(PduBytes.ApplicationContext, Accepted(1), Accepted(3), excess)));
        Assert.True(driver.Port.IsAssociated);
        Assert.Equal(1, driver.Log.Count(2010));
    }

    [Theory]
    [InlineData(1, 1, 7)]
    [InlineData(2, 3, 2)]
    [InlineData(9, 9, 9)]
    public async Task Driver_Point32Rejection_IsToldWithItsBytes(byte result, byte source, byte reason)
    {
        await using var driver = InlineDriver.Requesting();
        driver.Deliver(WireBytes.Reject(result, source, reason));
        Assert.Equal(new AAssociateRj(result, source, reason), await driver.Handler.AfterAsync<AAssociateRj>("AssociateReject"));
        await driver.Ended.WithTimeout();
        Assert.True(driver.Connection.IsClosed);
        Assert.Equal(new(AssociationEndKind.Orderly), driver.Handler.End);
    }

    [Fact]
    public async Task Driver_Point33DataBeforeTheAnswer_IsAborted2_2()
    {
        await using var pipelining = new InlineDriver();
        pipelining.Deliver(WireBytes.Of(WireBytes.Request()), WireBytes.EchoRq(1));
        pipelining.ExpectSent("AAbort 2/2");

        await using var requestor = InlineDriver.Requesting();
        requestor.Deliver(WireBytes.EchoRq(1));
        requestor.ExpectSent("AAbort 2/2");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    public async Task Driver_Point34PduWithoutAPlaceInSta6_IsAborted2_2(byte type)
    {
        await using var driver = InlineDriver.Associated();
        driver.Deliver(type switch
        {
            1 => WireBytes.Of(WireBytes.Request()),
            2 => WireBytes.Of(WireBytes.Answer(WireBytes.Request())),
            3 => WireBytes.Reject(1, 1, 1),
            _ => WireBytes.ReleaseRp,
        });
        driver.ExpectSent("AAbort 2/2");
        Assert.Equal(AAbort.ByProvider(AbortReason.UnexpectedPdu), await driver.Handler.AfterAsync<AAbort>("Abort"));
        Assert.Equal(SendOutcome.WrongState, driver.Port.Send(1, new byte[10], null));
        await driver.EndAsync();
        Assert.Equal(AssociationEndKind.Aborted, driver.Handler.End.Kind);
    }

    [Fact]
    public async Task Driver_Point35LocalLimit_IsRejectedWithTheBytesGivenAndTheConnectionEnds()
    {
        var handler = new RecordingHandler();
        handler.On("AssociateRequest", _ => handler.Port.Reject(AAssociateRj.LocalLimitExceeded));
        await using var driver = new InlineDriver(handler: handler);
        driver.Deliver(WireBytes.Of(WireBytes.Request()));
        driver.ExpectSent("AAssociateRj 2/3/2");
        await driver.EndAsync();
        Assert.Equal(new(AssociationEndKind.Orderly), driver.Handler.End);
    }

    [Fact]
    public async Task Accept_Twice_TheSecondChangesNothing()
    {
        await using var driver = InlineDriver.Associated();
        Assert.Equal(SendOutcome.WrongState, driver.Port.Accept(WireBytes.Answer(WireBytes.Request(), maximumLength: 8)));
        driver.Deliver(WireBytes.EchoRq(1));
        driver.ExpectResponse(DicomCommandStatusType.Success);
    }

    [Fact]
    public async Task Accept_TransferSyntaxNeverProposed_IsTheCallersMistake()
    {
        var handler = new RecordingHandler();
        Exception? mistake = null;
        handler.On("AssociateRequest", request =>
        {
            var answer = WireBytes.Answer((AAssociateRq)request!) with
            {
                PresentationContexts = [new(1, PresentationContextResult.Acceptance, "1.2.3")],
            };
            mistake = Record.Exception(() => handler.Port.Accept(answer));
            handler.Port.Accept(WireBytes.Answer((AAssociateRq)request!));
        });
        await using var driver = InlineDriver.Associated(handler: handler);
        Assert.IsType<ArgumentException>(mistake);
    }

    [Fact]
    public async Task Request_ByAnAcceptorOrTwice_IsTheWrongState()
    {
        await using var acceptor = new InlineDriver();
        Assert.Equal(SendOutcome.WrongState, acceptor.Port.Request(WireBytes.Request()));
        await using var requestor = InlineDriver.Requesting();
        Assert.Equal(SendOutcome.WrongState, requestor.Port.Request(WireBytes.Request()));
        requestor.ExpectSent();
    }

    [Fact]
    public async Task Request_ThatCannotBeEncoded_LeavesTheConnectionAsItWas()
    {
        await using var driver = new InlineDriver(AssociationRole.Requestor);
        Assert.Throws<ArgumentException>(() => driver.Port.Request(WireBytes.Request() with { CalledAETitle = new string('A', 17) }));
        Assert.Equal(SendOutcome.Queued, driver.Port.Request(WireBytes.Request()));
        driver.ExpectSent("AAssociateRq");
    }

    [Fact]
    public async Task Driver_GarbageBeforeTheRequest_EndsTheConnection()
    {
        await using var driver = new InlineDriver(AssociationRole.Requestor);
        driver.Deliver("HTTP/1.1 400 Bad Request\r\n"u8.ToArray());
        await driver.Ended.WithTimeout();
        driver.ExpectSent();
        Assert.Equal(SendOutcome.NotConnected, driver.Port.Request(WireBytes.Request()));
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6), InlineData(7)]
    public async Task Driver_AnyPduBeforeTheRequest_EndsTheConnection(byte type)
    {
        await using var driver = new InlineDriver(AssociationRole.Requestor);
        driver.Deliver(WireBytes.Pdu(type, new byte[4]));
        await driver.Ended.WithTimeout();
        driver.ExpectSent();
        Assert.Equal(SendOutcome.NotConnected, driver.Port.Request(WireBytes.Request()));
    }

    [Fact]
    public async Task Request_WhileAnAnswerToNothingArrives_IsNotTakenForAnswered()
    {
        var answer = WireBytes.Of(WireBytes.Answer(WireBytes.Request()));
        var cancelled = TestContext.Current.CancellationToken;
        for (var round = 0; round < 200; round++)
        {
            await using var driver = new InlineDriver(AssociationRole.Requestor);
            using var start = new Barrier(2);
            var request = Task.Run(() =>
            {
                start.SignalAndWait(Timeouts.Default, cancelled);
                return driver.Port.Request(WireBytes.Request());
            }, cancelled);
            start.SignalAndWait(Timeouts.Default, cancelled);
            driver.Deliver(answer);
            await request.WithTimeout();

            // Taken for half of an association, this would be a fault of the driver's, which disposal finds in the log.
            driver.Deliver(WireBytes.EchoRsp(1));
        }
    }

    private static byte[] RawRequest(byte[] body) => WireBytes.Pdu(1, body);

    private static byte[] Accepted(byte id, string syntax = WireBytes.ImplicitLittleEndian) =>
        PduBytes.ContextAc(id, 0, PduBytes.Item(ItemType.TransferSyntax, PduBytes.Text(syntax)));

    private static byte[] RawAnswer(params byte[][] contexts) =>
        WireBytes.Pdu(2, PduBytes.Associate([PduBytes.ApplicationContext, .. contexts, Information]));

    private static async Task ExpectAbortAsync(byte[] requestBody)
    {
        await using var driver = new InlineDriver();
        driver.Deliver(RawRequest(requestBody));
        driver.ExpectSent("AAbort 0/0");
        Assert.Equal(["Connected"], driver.Handler.Names);
    }
}
