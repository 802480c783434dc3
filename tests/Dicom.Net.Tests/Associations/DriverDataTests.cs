using System.Buffers.Binary;
using Dicom.Net.Associations;
using Dicom.Net.Dimse;
using Dicom.Net.Tests.Dimse;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.Associations;

/// <summary>Points 17 and 36 to 49: P-DATA-TF, and the messages in it.</summary>
public sealed class DriverDataTests
{
    private static readonly byte[] StoreCommand =
        WireBytes.Bytes(CommandSet.CStoreRq(7, WireBytes.CTImageStorage, "1.2.3.4"));

    private static readonly byte[] EchoCommand = WireBytes.Bytes(CommandSet.CEchoRq(1, WireBytes.Verification));

    [Fact]
    public async Task Driver_Point17TwoMessagesInOnePdu_AreBothAnswered()
    {
        await using var driver = InlineDriver.Associated();
        driver.Deliver(WireBytes.PData(
            WireBytes.Pdv(1, WireBytes.LastCommand, EchoCommand),
            WireBytes.Pdv(3, WireBytes.LastCommand, StoreCommand),
            WireBytes.Pdv(3, WireBytes.LastData, 1, 2)));
        Assert.Equal([1, 7], driver.TakeSent().Select(pdu => (int)WireBytes.CommandOf(pdu).MessageIdBeingRespondedTo!));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Driver_Point36And38FragmentsOfTwoBytes_AreJoined(bool allInOnePdu)
    {
        var stored = StoredBy(out var handler);
        await using var driver = InlineDriver.Associated(handler: handler);
        var data = WireBytes.PixelData(20);
        var pdvs = Fragments(StoreCommand, 2, isCommand: true).Concat(Fragments(data, 2, isCommand: false)).ToList();
        driver.Deliver(allInOnePdu ? [WireBytes.PData([.. pdvs])] : [.. pdvs.Select(pdv => WireBytes.PData(pdv))]);
        driver.ExpectResponse(DicomCommandStatusType.Success);
        Assert.Equal(data, await stored.WithTimeout());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Driver_Point37OddFragments_AreTaken(int size)
    {
        var stored = StoredBy(out var handler);
        await using var driver = InlineDriver.Associated(handler: handler);
        var data = WireBytes.PixelData(9);
        driver.Deliver([WireBytes.StoreRq(1), .. Fragments(data, size, isCommand: false).Select(pdv => WireBytes.PData(pdv))]);
        driver.ExpectResponse(DicomCommandStatusType.Success);
        Assert.Equal(data, await stored.WithTimeout());
    }

    [Fact]
    public async Task Driver_Point39EmptyLastFragment_IsTaken()
    {
        var stored = StoredBy(out var handler);
        await using var driver = InlineDriver.Associated(handler: handler);
        driver.Deliver(WireBytes.StoreRq(1), WireBytes.StoreData(false, 1, 2), WireBytes.StoreData(true));
        driver.ExpectResponse(DicomCommandStatusType.Success);
        Assert.Equal([1, 2], await stored.WithTimeout());
    }

    [Fact]
    public async Task Driver_Point40UpperControlBits_AreNotTested()
    {
        await using var driver = InlineDriver.Associated();
        driver.Deliver(WireBytes.PData(WireBytes.Pdv(1, 0xFF, EchoCommand)));
        driver.ExpectResponse(DicomCommandStatusType.Success);
    }

    [Fact]
    public async Task Driver_Point41OurMaximum_IsTheLimitOfThePdvList()
    {
        await using var driver = InlineDriver.Associated();
        driver.Deliver(WireBytes.StoreRq(1), WireBytes.StoreData(true, new byte[16384 - 6]));
        driver.ExpectResponse(DicomCommandStatusType.Success);
        driver.Deliver(WireBytes.StoreRq(1), WireBytes.StoreData(true, new byte[16384 - 5]));
        driver.ExpectSent("AAbort 2/6");
    }

    [Fact]
    public async Task Driver_Point41UnlimitedAnnounced_TakesLargePdusWithinReason()
    {
        await using var driver = InlineDriver.Associated(handler: new() { MaximumLength = 0 });
        driver.Deliver(WireBytes.StoreRq(1), WireBytes.StoreData(true, new byte[1 << 20]));
        driver.ExpectResponse(DicomCommandStatusType.Success);
        driver.Deliver(WireBytes.Header(4, 16 * 1024 * 1024 + 1));
        driver.ExpectSent("AAbort 2/6");
    }

    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(0)]
    public async Task Driver_Point41PeersMaximum_IsNeverExceeded(uint maximum)
    {
        await using var driver = InlineDriver.Associated(peerMaximum: maximum);
        driver.Deliver(WireBytes.EchoRq(9));
        var sent = driver.TakeSent();
        var limit = maximum == 0 ? int.MaxValue : (int)maximum;
        Assert.All(sent, pdu => Assert.InRange(pdu.Body.Length, 7, limit));
        Assert.All(sent, pdu => Assert.Equal(0, pdu.Body.Length % 2));
        Assert.Equal(9, (int)CommandSet.Read(sent.SelectMany(pdu => pdu.Body[6..]).ToArray(), new()).MessageIdBeingRespondedTo!);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(1u)]
    [InlineData(5u)]
    [InlineData(0x7FFFFFFFu)]
    [InlineData(0xFFFFFFFFu)]
    public async Task Driver_Point42PdvLengthThatCannotBe_IsAborted(uint length)
    {
        await using var driver = InlineDriver.Associated();
        byte[] pdv = [0, 0, 0, 0, 1, 3, 0, 0];
        BinaryPrimitives.WriteUInt32BigEndian(pdv, length);
        driver.Deliver(WireBytes.PData(pdv));
        driver.ExpectSent("AAbort 2/6");
    }

    [Fact]
    public async Task Driver_Point42BytesBehindTheLastPdv_AreAborted()
    {
        await using var driver = InlineDriver.Associated();
        driver.Deliver(WireBytes.PData(WireBytes.Pdv(1, WireBytes.LastCommand, EchoCommand), [0, 0, 0]));
        driver.ExpectSent("AAbort 2/6");
        Assert.DoesNotContain("Message", driver.Handler.Names);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(2)]
    [InlineData(0)]
    public async Task Driver_Point43ContextNotAccepted_IsAborted2_5(byte context)
    {
        await using var driver = InlineDriver.Associated();
        driver.Deliver(WireBytes.PData(WireBytes.Pdv(context, WireBytes.LastCommand, EchoCommand)));
        driver.ExpectSent("AAbort 2/5");
    }

    [Fact]
    public async Task Driver_Point43OtherContextWithinAMessage_IsAborted()
    {
        await using var driver = InlineDriver.Associated();
        driver.Deliver(WireBytes.StoreRq(1), WireBytes.PData(WireBytes.Pdv(1, WireBytes.LastData, 1, 2)));
        driver.ExpectSent("AAbort 2/6");
        await driver.EndAsync();
        Assert.Empty(driver.SpoolFiles);
    }

    [Fact]
    public async Task Driver_Point44DataBeforeItsCommand_IsAborted()
    {
        await using var driver = InlineDriver.Associated();
        driver.Deliver(WireBytes.StoreData(true, 1, 2));
        driver.ExpectSent("AAbort 2/6");
    }

    [Fact]
    public async Task Driver_Point44NextCommandBeforeTheLastFragment_IsAborted()
    {
        await using var driver = InlineDriver.Associated();
        driver.Deliver(WireBytes.StoreRq(1), WireBytes.StoreData(false, 1, 2), WireBytes.StoreRq(2));
        driver.ExpectSent("AAbort 2/6");
    }

    [Fact]
    public async Task Driver_Point45ReleaseRequestMidMessage_IsAnsweredAndLeavesNoFile()
    {
        await using var driver = InlineDriver.Associated();
        driver.Deliver(WireBytes.StoreRq(1), WireBytes.StoreData(false, 1, 2));
        Assert.Single(driver.SpoolFiles);
        driver.Deliver(WireBytes.ReleaseRq);
        driver.ExpectSent("AReleaseRp");
        await driver.EndAsync();
        Assert.Empty(driver.SpoolFiles);
    }

    [Fact]
    public async Task Driver_Point45AbortMidMessage_LeavesNoFile()
    {
        await using var driver = InlineDriver.Associated();
        driver.Deliver(WireBytes.StoreRq(1), WireBytes.StoreData(false, 1, 2), WireBytes.Abort());
        await driver.Ended.WithTimeout();
        Assert.Empty(driver.SpoolFiles);
        Assert.DoesNotContain("Message", driver.Handler.Names);
    }

    [Fact]
    public async Task Driver_ConnectionLostMidMessage_LeavesNoFile()
    {
        await using var driver = InlineDriver.Associated();
        driver.Deliver(WireBytes.StoreRq(1), WireBytes.StoreData(false, 1, 2), WireBytes.Header(4, 100));
        Assert.Single(driver.SpoolFiles);
        driver.Connection.Break();
        await driver.Ended.WithTimeout();
        Assert.Empty(driver.SpoolFiles);
        Assert.Equal(AssociationEndKind.ConnectionLost, driver.Handler.End.Kind);
        Assert.NotNull(driver.Handler.End.Error);
    }

    [Fact]
    public async Task Driver_Point46DataAfterOurReleaseRequest_IsDelivered()
    {
        await using var driver = InlineDriver.RequestorAssociated();
        Assert.Equal(SendOutcome.Queued, driver.Port.RequestRelease());
        driver.Deliver(WireBytes.EchoRsp(1), WireBytes.ReleaseRp);
        await driver.Ended.WithTimeout();
        Assert.Equal(["Connected", "AssociateAccept", "Message", "ReleaseResponse", "Closed"], driver.Handler.Names);
    }

    [Fact]
    public async Task Driver_Point47CommandWithoutGroupLength_IsAnswered()
    {
        await using var driver = InlineDriver.Associated();
        var command = new RawCommand().Text(0x0002, WireBytes.Verification + "\0").Us(0x0100, 0x0030).Us(0x0110, 5).Us(0x0800, 0x0101);
        driver.Deliver(WireBytes.PData(WireBytes.Pdv(1, WireBytes.LastCommand, command.Bytes())));
        driver.ExpectResponse(DicomCommandStatusType.Success);
    }

    [Theory]
    [InlineData(0x0000)]
    [InlineData(0x0001)]
    [InlineData(0x0102)]
    [InlineData(0xFFFF)]
    public async Task Driver_Point48AnyDataSetTypeBut0101_HasADataSet(int type)
    {
        await using var driver = InlineDriver.Associated();
        var command = RawCommand.CStoreRq().Without(0x0800).Us(0x0800, type);
        driver.Deliver(WireBytes.PData(WireBytes.Pdv(3, WireBytes.LastCommand, command.Bytes())));
        driver.ExpectSent();
        driver.Deliver(WireBytes.StoreData(true, 1, 2));
        driver.ExpectResponse(DicomCommandStatusType.Success);
    }

    [Fact]
    public async Task Driver_CommandThatIsNone_IsAborted()
    {
        await using var driver = InlineDriver.Associated();
        driver.Deliver(WireBytes.PData(WireBytes.Pdv(1, WireBytes.LastCommand, 1, 2, 3, 4)));
        driver.ExpectSent("AAbort 2/6");
    }

    [Fact]
    public async Task Driver_SpoolFolderIsGone_IsAnsweredA700AndTheAssociationGoesOn()
    {
        var nowhere = new SpoolOptions { Folder = "/nowhere", MemoryThreshold = 0 };
        await using var driver = InlineDriver.Associated(options => options with { Spool = nowhere });
        driver.Deliver(WireBytes.StoreRq(1), WireBytes.StoreData(false, 1, 2), WireBytes.StoreData(true, 3, 4));
        driver.ExpectResponse(DicomCommandStatusType.OutOfResources);
        driver.Deliver(WireBytes.EchoRq(2));
        driver.ExpectResponse(DicomCommandStatusType.Success);
    }

    [Fact]
    public async Task Driver_ApplicationsStream_GetsTheBytesAndIsClosed()
    {
        var sink = new MemoryStream();
        await using var driver = InlineDriver.Associated(handler: new() { WantsDataStarting = true, Sink = sink });
        driver.Deliver(WireBytes.PData(
            WireBytes.Pdv(3, WireBytes.LastCommand, StoreCommand),
            WireBytes.Pdv(3, WireBytes.Data, 1, 2),
            WireBytes.Pdv(3, WireBytes.Data, 3)));
        driver.Deliver(WireBytes.StoreData(true, 4, 5));
        driver.ExpectResponse(DicomCommandStatusType.Success);
        Assert.Equal([1, 2, 3, 4, 5], sink.ToArray());
        Assert.False(sink.CanWrite);
        Assert.Equal(["DataStarting", "Message"], driver.Handler.Names.TakeLast(2));
    }

    private static IEnumerable<byte[]> Fragments(byte[] bytes, int size, bool isCommand) => bytes.Chunk(size).Select((piece, i) =>
        WireBytes.Pdv(3, (byte)((isCommand ? 1 : 0) | ((i + 1) * size >= bytes.Length ? 2 : 0)), piece));

    /// <summary>A handler that hands out the encoded bytes of the data set it is told to store.</summary>
    private static Task<byte[]> StoredBy(out RecordingHandler handler)
    {
        var stored = new TaskCompletionSource<byte[]>();
        var recording = new RecordingHandler();
        recording.On("Message", value =>
        {
            using var message = (DimseMessage)value!;
            using var encoded = message.DataSet!.Encode(WireBytes.ExplicitLittleEndian);
            var bytes = new byte[encoded.Length];
            encoded.ReadExactly(0, bytes);
            recording.Respond(message, DicomCommandStatusType.Success);
            stored.SetResult(bytes);
        });
        handler = recording;
        return stored.Task;
    }
}
