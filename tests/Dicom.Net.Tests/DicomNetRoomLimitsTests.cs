using Dicom.Net.Dimse;
using Dicom.Net.Pdus;
using Dicom.Net.Tests.Services;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests;

/// <summary>How much a peer may send, and an application: what is over a limit gets the standard's answer.</summary>
public sealed class DicomNetRoomLimitsTests : IDisposable
{
    private const int Most = 1000;
    private readonly TestFolder _folder = new();
    private readonly RecordingLogger _log = new();
    private DicomNet? _listener;

    public void Dispose()
    {
        _listener?.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(Most, true)]
    [InlineData(Most + 1, false)]
    public async Task Store_DataSetOfTheLimitOrOver_IsTakenOrRefusedAndTheAssociationLives(int length, bool taken)
    {
        var port = Listen(new() { MaximumDataSetLength = Most });
        await using var scu = await RawScu.AssociatedAsync(port);
        var whole = WireBytes.PixelData(length - 12);

        await scu.Peer.SendAsync(
            WireBytes.StoreRq(1), WireBytes.StoreData(false, whole[..600]), WireBytes.StoreData(false, whole[600..]), WireBytes.StoreData(true));
        var answer = WireBytes.CommandOf(await scu.Peer.ReceiveAsync());

        Assert.Equal(taken ? DicomCommandStatusType.Success : DicomCommandStatusType.OutOfResources, answer.Status);
        Assert.Equal(DicomCommandStatusType.Success, await scu.Peer.EchoAsync(2));
        Assert.Equal(taken ? 0 : 1, _log.Count(3014));
        Assert.Empty(_log.Errors);
    }

    [Fact]
    public async Task Store_FarOverTheLimit_KeepsNothingOfTheRest()
    {
        var port = Listen(new() { MaximumDataSetLength = Most }, options => options with { MemoryThreshold = 100 });
        await using var scu = await RawScu.AssociatedAsync(port);
        await scu.Peer.SendAsync(WireBytes.StoreRq(1), WireBytes.StoreData(false, new byte[200]));
        await Eventually.True(() => _folder.Files.Length == 1);

        for (var i = 0; i < 100; i++)
        {
            await scu.Peer.SendAsync(WireBytes.StoreData(false, new byte[10_000]));
        }

        // Long before the end, which may never come.
        await Eventually.True(() => _folder.Files.Length == 0);
        await scu.Peer.SendAsync(WireBytes.StoreData(true, 0, 0));
        Assert.Equal(DicomCommandStatusType.OutOfResources, WireBytes.CommandOf(await scu.Peer.ReceiveAsync()).Status);
    }

    [Fact]
    public async Task Store_OverTheLimitIntoAStream_ClosesItAndRefuses()
    {
        var port = Listen(new() { MaximumDataSetLength = Most });
        var stream = new MemoryStream();
        _listener!.DataStarting += (_, e) => e.Destination = stream;
        await using var scu = await RawScu.AssociatedAsync(port);

        await scu.Peer.SendAsync(WireBytes.StoreRq(1), WireBytes.StoreData(false, new byte[800]), WireBytes.StoreData(true, new byte[800]));

        Assert.Equal(DicomCommandStatusType.OutOfResources, WireBytes.CommandOf(await scu.Peer.ReceiveAsync()).Status);
        Assert.False(stream.CanWrite);
        Assert.Equal(800, stream.ToArray().Length);
    }

    [Fact]
    public async Task Store_OverTheLimitWhereThatAborts_IsAbortedAtOnce()
    {
        var port = Listen(new() { MaximumDataSetLength = Most, AbortsOnDataSetLength = true }, options => options with { MemoryThreshold = 100 });
        await using var scu = await RawScu.AssociatedAsync(port);

        await scu.Peer.SendAsync(WireBytes.StoreRq(1), WireBytes.StoreData(false, new byte[600]), WireBytes.StoreData(false, new byte[600]));

        await scu.Peer.ExpectAsync($"{nameof(PduType.AAbort)} 2/0");
        scu.Peer.Close();
        await Eventually.True(() => _listener!.GetClientCount() == 0);
        Assert.Empty(_folder.Files);
        Assert.Contains(_log.Entries, entry => entry.Message.Contains("over the limit of 1000 bytes", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(CommandField.CFindRq, DicomCommandStatusType.OutOfResources)]
    [InlineData(CommandField.CMoveRq, DicomCommandStatusType.UnableToCalculateMatches)]
    [InlineData(CommandField.NActionRq, DicomCommandStatusType.ResourceLimitation)]
    public async Task OtherRequests_DataSetOverTheLimit_AreRefusedWithTheirServicesStatus(object field, DicomCommandStatusType status)
    {
        var port = Listen(new() { MaximumDataSetLength = 7 });
        await using var scu = await RawScu.AssociatedAsync(port);
        var command = (CommandField)field switch
        {
            CommandField.CFindRq => CommandSet.CFindRq(1, WireBytes.Verification),
            CommandField.CMoveRq => CommandSet.CMoveRq(1, WireBytes.Verification, "OTHER"),
            _ => CommandSet.NActionRq(1, WireBytes.Verification, "1.2.3", 1, hasDataSet: true),
        };

        await scu.Peer.SendAsync(RawScu.Command(command), RawScu.FindIdentifier);

        Assert.Equal(status, WireBytes.CommandOf(await scu.Peer.ReceiveAsync()).Status);
    }

    [Fact]
    public async Task AssociateRequest_LongerThanTheLimit_IsAborted()
    {
        var request = WireBytes.Of(WireBytes.Request());
        var port = Listen(new() { MaximumAssociateLength = request.Length - 6 - 1 });
        await using var scu = await RawScu.ConnectedAsync(port);

        await scu.Peer.SendAsync(request[..6]);

        await scu.Peer.ExpectAsync($"{nameof(PduType.AAbort)} 0/0");
    }

    [Fact]
    public async Task AssociateRequest_OfTheLimitsLength_IsTaken()
    {
        var port = Listen(new() { MaximumAssociateLength = WireBytes.Of(WireBytes.Request()).Length - 6, MaximumPresentationContexts = 2 });

        await using var scu = await RawScu.AssociatedAsync(port);

        Assert.Equal(DicomCommandStatusType.Success, await scu.Peer.EchoAsync(1));
    }

    [Fact]
    public async Task AssociateRequest_MoreContextsThanTheLimit_IsAborted()
    {
        var port = Listen(new() { MaximumPresentationContexts = 1 });
        await using var scu = await RawScu.ConnectedAsync(port);

        await scu.Peer.SendAsync(WireBytes.Of(WireBytes.Request()));

        await scu.Peer.ExpectAsync($"{nameof(PduType.AAbort)} 0/0");
    }

    [Fact]
    public async Task CommandSet_OverTheLimit_IsAborted()
    {
        var port = Listen(new() { MaximumCommandSetLength = WireBytes.EchoRq(1).Length - 12 - 1 });
        await using var scu = await RawScu.AssociatedAsync(port);

        await scu.Peer.SendAsync(WireBytes.EchoRq(1));

        await scu.Peer.ExpectAsync($"{nameof(PduType.AAbort)} 2/6");
    }

    [Fact]
    public async Task Requests_MoreThanMayWaitForTheirTurn_AreRefusedToTheApplication()
    {
        using var listener = TestScp.AcceptingAll();
        listener.CEchoRequestReceived += (_, e) => e.Handled = true;
        using var scu = new TestScu(new() { Limits = new() { MaximumWaitingRequests = 2 } });
        await scu.AssociateAsync(listener.HostPort, TestScu.Request(DicomUids.Verification));

        var codes = Enumerable.Range(1, 4).Select(id => scu.Net.SendCEchoRequest(1, id, DicomUids.Verification).Code).ToList();

        Assert.Equal(
            [DicomExceptionCode.Success, DicomExceptionCode.Success, DicomExceptionCode.Success, DicomExceptionCode.NetQueueFull], codes);
    }

    [Fact]
    public async Task Responses_MoreThanMayWaitToBeSent_AreRefusedToTheApplicationAndNoneIsLost()
    {
        const int many = 100_000; // far more than the sockets' buffers hold
        var outcome = new TaskCompletionSource<(int Sent, DicomExceptionCode Code)>(TaskCreationOptions.RunContinuationsAsynchronously);
        var port = Listen(new() { MaximumQueuedMessages = 2 });
        _listener!.CFindRequestReceived += (_, e) =>
        {
            e.Handled = true;
            using var match = TestInstance.Create(100_000);
            var (sent, code) = (0, DicomExceptionCode.Success);
            while (sent < many && (code = e.Respond(DicomCommandStatusType.Pending, match).Code) == DicomExceptionCode.Success)
            {
                sent++;
            }

            outcome.TrySetResult((sent, code));
        };
        await using var scu = await RawScu.AssociatedAsync(port);

        await scu.Peer.SendAsync(RawScu.FindRq(1), RawScu.FindIdentifier);
        var (sent, code) = await outcome.Task.WithTimeout();

        Assert.Equal(DicomExceptionCode.NetQueueFull, code);
        for (var received = 0; received < sent;)
        {
            var pdu = await scu.Peer.ReceiveAsync();
            received += pdu.Body[5] == WireBytes.LastData ? 1 : 0;
        }

        Assert.Equal(DicomCommandStatusType.Success, await scu.Peer.EchoAsync(2));
    }

    [Fact]
    public async Task ReceivedDataSet_PastALimitOfReading_FailsWhoReadsIt()
    {
        var outcome = new TaskCompletionSource<Exception?>();
        var port = Listen(new() { MaximumElements = 2 });
        _listener!.DataReceived += (_, e) => outcome.TrySetResult(Record.Exception(() => e.DataSet!.GetString(DicomTag.PatientName)));
        using var scu = await TestScu.AssociatedAsync(port, TestInstance.SopClass);

        await scu.StoreAsync(TestInstance.Create());

        Assert.IsType<DataSetException>(await outcome.Task.WithTimeout());
    }

    [Fact]
    public void Limits_OutOfRange_AreRefusedByTheConstructor()
    {
        DicomNetLimits[] wrong =
        [
            new() { MaximumAssociations = -1 }, new() { MaximumAssociationsPerAddress = -1 }, new() { MaximumAssociationsPerCallingTitle = -1 },
            new() { MaximumUnassociatedConnections = -1 }, new() { MaximumAssociateLength = 73 }, new() { MaximumUnannouncedLength = 0 },
            new() { MaximumPresentationContexts = 0 }, new() { MaximumPresentationContexts = 129 }, new() { MaximumCommandSetLength = 0 },
            new() { MaximumDataSetLength = -1 }, new() { MaximumSequenceDepth = 0 }, new() { MaximumSequenceDepth = 65 },
            new() { MaximumElements = 0 }, new() { MaximumItems = 0 }, new() { MaximumInflatedLength = 0 },
            new() { MaximumQueuedMessages = 1 }, new() { MaximumWaitingRequests = 0 },
        ];

        Assert.All(wrong, limits => Assert.Throws<ArgumentOutOfRangeException>(
            () => new DicomNet(null, DicomNetSecurityMode.None, new DicomNetOptions { Limits = limits })));
    }

    private int Listen(DicomNetLimits limits, Func<DicomNetOptions, DicomNetOptions>? change = null)
    {
        var options = new DicomNetOptions { Limits = limits, LoggerFactory = new SingleLoggerFactory(_log) };
        _listener = TestScp.AcceptingAll(change?.Invoke(options) ?? options, _folder.Path);
        _listener.CStoreRequestReceived += (_, e) => e.Respond(DicomCommandStatusType.Success);
        return _listener.HostPort;
    }
}
