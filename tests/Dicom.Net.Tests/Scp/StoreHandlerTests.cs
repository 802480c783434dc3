using Dicom.Net.Dimse;
using Dicom.Net.Tests.Services;
using Dicom.Net.Tests.Support;
using static Dicom.Net.Tests.Scp.ServedPeer;

namespace Dicom.Net.Tests.Scp;

/// <summary>C-STORE by a handler: kept, refused before or while it arrives, taken as a stream, or failed.</summary>
public sealed class StoreHandlerTests
{
    [Fact]
    public async Task StoreAsync_SavesTheInstance_HasMovedTheSpooledFile()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "kept.dcm");
        using var served = await AssociatedAsync(
            new DicomHandlers().OnCStore(async (request, _) =>
            {
                await Task.Yield(); // The data set lives as long as the handler works.
                request.DataSet!.Save(path);
                return DicomCommandStatusType.Success;
            }),
            new() { MemoryThreshold = 0 },
            folder.Path);

        Assert.Equal(DicomCommandStatusType.Success, (await served.StoreAsync()).Status);

        Assert.Equal([path], Directory.GetFiles(folder.Path));
        using var kept = DicomDataSet.Load(path);
        Assert.Equal("Test^Facade", kept.GetString(DicomTag.PatientName));
    }

    [Fact]
    public async Task StoreAsync_ReturnsAWarningWithAComment_BothAreSent()
    {
        using var served = await AssociatedAsync(new DicomHandlers().OnCStore((_, _) => new(
            new DicomOutcome(DicomCommandStatusType.CoercionOfDataElements, new() { ErrorComment = "coerced" }))));

        var response = await served.StoreAsync();

        Assert.Equal((DicomCommandStatusType.CoercionOfDataElements, "coerced"), (response.Status, response.Detail.ErrorComment));
    }

    public static TheoryData<Exception, DicomCommandStatusType> Failures => new()
    {
        { new DicomRefusalException(DicomCommandStatusType.NotAuthorized, "not you"), DicomCommandStatusType.NotAuthorized },
        { new IOException("No space left on device"), DicomCommandStatusType.OutOfResources },
        { new DataSetException("malformed"), DicomCommandStatusType.CannotUnderstand },
        { new OperationCanceledException(), DicomCommandStatusType.ProcessingFailure },
        { new InvalidOperationException("The test's."), DicomCommandStatusType.ProcessingFailure },
    };

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public async Task StoreAsync_Throws_IsAnsweredAndTheAssociationLives(Exception thrown, DicomCommandStatusType expected)
    {
        using var served = await AssociatedAsync(new DicomHandlers().OnCStore((_, _) => throw thrown));

        Assert.Equal(expected, (await served.StoreAsync()).Status);
        Assert.Equal(expected, (await served.StoreAsync()).Status);
    }

    [Fact]
    public async Task StoreAsync_ReturnsPending_IsProcessingFailure()
    {
        using var served = await AssociatedAsync(new DicomHandlers().OnCStore((_, _) => new(DicomCommandStatusType.Pending)));

        Assert.Equal(DicomCommandStatusType.ProcessingFailure, (await served.StoreAsync()).Status);
    }

    [Fact]
    public async Task StoreAsync_ReturnsTheDefaultOutcome_IsProcessingFailure()
    {
        using var served = await AssociatedAsync(new DicomHandlers().OnCStore((_, _) => default));

        Assert.Equal(DicomCommandStatusType.ProcessingFailure, (await served.StoreAsync()).Status);
        Assert.Equal(DicomCommandStatusType.Success, DicomOutcome.Success.Status);
        Assert.Equal(DicomCommandStatusType.OutOfResources, (DicomOutcome.Success with { Status = DicomCommandStatusType.OutOfResources }).Status);
    }

    [Fact]
    public async Task StoreAsync_ObjectThatThrowsOnError_IsAnsweredAllTheSame()
    {
        using var served = Listening(new DicomHandlers { Supported = Everything() }.OnCStore((_, _) => new(DicomCommandStatusType.Pending)));
        served.Listener.ThrowOnError = true;
        await served.Peer.AssociateAsync(served.Listener.HostPort, TestScu.Request(SopClass));

        Assert.Equal(DicomCommandStatusType.ProcessingFailure, (await served.StoreAsync()).Status);
    }

    [Fact]
    public async Task StartAsync_ReturnsAStream_GetsTheBytesAndIsClosed()
    {
        var handler = new Starting();
        using var instance = TestInstance.Create(100_000);
        using var served = await AssociatedAsync(new DicomHandlers().Add(handler));

        Assert.Equal(DicomCommandStatusType.Success, (await served.StoreAsync(instance)).Status);

        Assert.Equal(TestInstance.Encoded(instance), handler.Bytes.ToArray());
        Assert.Same(handler.Bytes, handler.Destination);
        Assert.False(handler.Bytes.CanWrite);
    }

    [Fact]
    public async Task StartAsync_Refuses_IsAnsweredWhenTheDataSetHasBeenDropped()
    {
        var log = new RecordingLogger();
        var handler = new Starting { Refusal = new DicomRefusalException(DicomCommandStatusType.OutOfResources, "quota") };
        using var instance = TestInstance.Create(1_000_000);
        using var served = await AssociatedAsync(new DicomHandlers().Add(handler), new() { LoggerFactory = new SingleLoggerFactory(log) });

        var refused = await served.StoreAsync(instance);
        handler.Refusal = null;
        var taken = await served.StoreAsync(instance);

        Assert.Equal((DicomCommandStatusType.OutOfResources, "quota"), (refused.Status, refused.Detail.ErrorComment));
        Assert.Equal(DicomCommandStatusType.Success, taken.Status);
        Assert.Equal(1, handler.Stores);
        Assert.Empty(log.Errors);
    }

    [Fact]
    public async Task StartAsync_RefusesWithADetailThatDoesNotFit_IsAnsweredWithoutIt()
    {
        var detail = new DicomStatusDetail { ErrorID = 70000 };
        var handler = new Starting { Refusal = new DicomRefusalException(DicomCommandStatusType.OutOfResources, detail) };
        using var served = await AssociatedAsync(new DicomHandlers().Add(handler));

        var refused = await served.StoreAsync();

        Assert.Equal((DicomCommandStatusType.OutOfResources, null), (refused.Status, refused.Detail.ErrorID));
    }

    [Fact]
    public async Task StartAsync_TheStreamRefusesTheSize_IsItsStatus()
    {
        var handler = new Starting { MostBytes = 50_000 };
        using var instance = TestInstance.Create(1_000_000);
        using var served = await AssociatedAsync(new DicomHandlers().Add(handler));

        Assert.Equal(DicomCommandStatusType.OutOfResources, (await served.StoreAsync(instance)).Status);
        Assert.Equal(0, handler.Stores);
        Assert.Equal(DicomCommandStatusType.Success, (await served.StoreAsync()).Status);
    }

    [Fact]
    public async Task StartAsync_ADuplicateInvocation_IsRefusedAndNobodyIsAsked()
    {
        var handler = new Starting();
        var echo = new TaskCompletionSource<DicomOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var served = Listening(new DicomHandlers { Supported = Everything() }.Add(handler).OnCEcho((_, _) => new(echo.Task)));
        await using var scu = await RawScu.AssociatedAsync(served.Listener.HostPort);

        await scu.Peer.SendAsync(
            WireBytes.EchoRq(7), RawScu.Command(CommandSet.CStoreRq(7, WireBytes.Verification, TestInstance.Uid)), RawScu.FindIdentifier);

        Assert.Equal(DicomCommandStatusType.DuplicateInvocation, WireBytes.CommandOf(await scu.Peer.ReceiveAsync()).Status);
        Assert.Equal(0, handler.Starts);
        echo.SetResult(DicomOutcome.Success);
    }

    [Fact]
    public async Task StartAsync_ReturnsNull_IsKeptAsUsual()
    {
        var handler = new Starting { KeepsAsUsual = true };
        using var served = await AssociatedAsync(new DicomHandlers().Add(handler));

        Assert.Equal(DicomCommandStatusType.Success, (await served.StoreAsync()).Status);

        Assert.Null(handler.Destination);
        Assert.Equal("Test^Facade", handler.PatientName);
    }

    [Fact]
    public async Task StoreAsync_TheAssociationIsAborted_IsTold()
    {
        var begun = new TaskCompletionSource();
        var told = new TaskCompletionSource();
        using var served = await AssociatedAsync(new DicomHandlers().OnCStore(async (_, token) =>
        {
            using var registered = token.Register(told.SetResult);
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, token);
            return DicomCommandStatusType.Success;
        }));
        using var instance = TestInstance.Create();
        served.Peer.SendStore(instance);
        await begun.Task.WithTimeout();

        served.Scu.SendAbort(DicomAbortSourceType.User, DicomAbortReasonType.Unknown).ThrowIfFailed();

        await told.Task.WithTimeout();
    }

    [Fact]
    public async Task StoreAsync_TheListenerIsAtItsDeadline_IsTold()
    {
        var begun = new TaskCompletionSource();
        var told = new TaskCompletionSource();
        using var served = await AssociatedAsync(new DicomHandlers().OnCStore(async (_, token) =>
        {
            using var registered = token.Register(told.SetResult);
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, token);
            return DicomCommandStatusType.Success;
        }));
        using var instance = TestInstance.Create();
        served.Peer.SendStore(instance);
        await begun.Task.WithTimeout();

        await served.Listener.CloseAsync(TimeSpan.Zero).WithTimeout();

        await told.Task.WithTimeout();
    }

    private sealed class Starting : ICStoreStartHandler
    {
        public DicomRefusalException? Refusal { get; set; }

        public int MostBytes { get; init; } = int.MaxValue;

        public bool KeepsAsUsual { get; init; }

        public MemoryStream Bytes { get; private set; } = new();

        public Stream? Destination { get; private set; }

        public string? PatientName { get; private set; }

        public int Starts { get; private set; }

        public int Stores { get; private set; }

        public async ValueTask<Stream?> StartAsync(DicomCStoreRequest request, CancellationToken cancellationToken)
        {
            Starts++;
            await Task.Yield();
            Assert.Null(request.DataSet);
            Assert.Equal(TestInstance.Uid, request.SopInstance);
            Bytes = new LimitedStream(MostBytes);
            return KeepsAsUsual ? null : Refusal is null ? Bytes : throw Refusal;
        }

        public ValueTask<DicomOutcome> StoreAsync(DicomCStoreRequest request, CancellationToken cancellationToken)
        {
            Stores++;
            Destination = request.Destination;
            PatientName = request.DataSet?.GetString(DicomTag.PatientName);
            return new(DicomOutcome.Success);
        }
    }
}
