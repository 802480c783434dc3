using Dicom.Net.Dimse;
using Dicom.Net.Tests.Services;
using Dicom.Net.Tests.Support;
using static Dicom.Net.Tests.Scp.ServedPeer;

namespace Dicom.Net.Tests.Scp;

/// <summary>An instance for which a handler has made room, and which never comes to be stored.</summary>
public sealed class AbandonedStoreTests
{
    private static readonly byte[] FirstPart = WireBytes.PData(WireBytes.Pdv(WireBytes.EchoContext, WireBytes.Data, 0x10, 0, 0x10, 0));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AbandonedAsync_ThePeerLeavesInItsMidst_IsToldWithTheClosedStream(bool keepsAsUsual)
    {
        var handler = new Keeping { KeepsAsUsual = keepsAsUsual };
        using var served = Listening(new DicomHandlers { Supported = Everything() }.Add(handler));
        await using (var scu = await RawScu.AssociatedAsync(served.Listener.HostPort))
        {
            await scu.Peer.SendAsync(RawScu.Command(CommandSet.CStoreRq(7, WireBytes.Verification, TestInstance.Uid)), FirstPart);
            await handler.Started.Task.WithTimeout();
        }

        var abandoned = await handler.Abandoned.Task.WithTimeout();

        Assert.Equal((TestInstance.Uid, 7), (abandoned.SopInstance, abandoned.MessageID));
        Assert.Equal(keepsAsUsual, abandoned.Destination is null);
        Assert.NotEqual(true, abandoned.Destination?.CanWrite);
        Assert.Equal(0, handler.Stores);
    }

    [Fact]
    public async Task AbandonedAsync_TheStreamRefuses_IsTold()
    {
        var handler = new Keeping { MostBytes = 10_000 };
        using var served = await AssociatedAsync(new DicomHandlers().Add(handler));
        using var instance = TestInstance.Create(100_000);

        Assert.Equal(DicomCommandStatusType.OutOfResources, (await served.StoreAsync(instance)).Status);

        Assert.NotNull((await handler.Abandoned.Task.WithTimeout()).Destination);
        Assert.Equal(0, handler.Stores);
    }

    [Fact]
    public async Task AbandonedAsync_Throws_IsLoggedAndTheAssociationLives()
    {
        var log = new RecordingLogger();
        var handler = new Keeping { MostBytes = 10_000, Fault = new InvalidOperationException("The test's.") };
        using var served = await AssociatedAsync(
            new DicomHandlers().Add(handler), new() { LoggerFactory = new SingleLoggerFactory(log) });
        using var instance = TestInstance.Create(100_000);

        Assert.Equal(DicomCommandStatusType.OutOfResources, (await served.StoreAsync(instance)).Status);
        Assert.Equal(DicomCommandStatusType.Success, (await served.StoreAsync()).Status);

        await Eventually.True(() => log.Errors.Any());
        Assert.Equal(1, handler.Stores);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AbandonedAsync_TheInstanceIsStored_IsNotTold(bool fails)
    {
        var ended = new TaskCompletionSource();
        var handler = new Keeping { StoreFault = fails ? new InvalidOperationException("The test's.") : null, Ended = ended };
        using (var served = await AssociatedAsync(new DicomHandlers().Add(handler)))
        {
            await served.StoreAsync();
        }

        await ended.Task.WithTimeout();
        Assert.Equal(1, handler.Stores);
        Assert.False(handler.Abandoned.Task.IsCompleted);
    }

    private sealed class Keeping : ICStoreStartHandler, IDicomAssociationHandler
    {
        public bool KeepsAsUsual { get; init; }

        public int MostBytes { get; init; } = int.MaxValue;

        public Exception? Fault { get; init; }

        public Exception? StoreFault { get; init; }

        public TaskCompletionSource? Ended { get; init; }

        public TaskCompletionSource Started { get; } = new();

        public TaskCompletionSource<DicomCStoreRequest> Abandoned { get; } = new();

        public int Stores { get; private set; }

        public ValueTask<DicomAdmissionDecision?> RequestedAsync(DicomAssociationContext association, CancellationToken cancellationToken) => default;

        public ValueTask<Stream?> StartAsync(DicomCStoreRequest request, CancellationToken cancellationToken)
        {
            Started.TrySetResult();
            return new(KeepsAsUsual ? null : new LimitedStream(MostBytes));
        }

        public ValueTask<DicomOutcome> StoreAsync(DicomCStoreRequest request, CancellationToken cancellationToken)
        {
            Stores++;
            return StoreFault is null ? new(DicomOutcome.Success) : throw StoreFault;
        }

        public ValueTask AbandonedAsync(DicomCStoreRequest request)
        {
            Abandoned.TrySetResult(request);
            return Fault is null ? default : throw Fault;
        }

        public ValueTask EndedAsync(DicomAssociationContext association, DicomNetResult end)
        {
            Ended?.SetResult();
            return default;
        }
    }
}
