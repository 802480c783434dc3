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
        var handler = new KeepingHandler { KeepsAsUsual = keepsAsUsual };
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
        var handler = new KeepingHandler { MostBytes = 10_000 };
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
        var handler = new KeepingHandler { MostBytes = 10_000, Fault = new InvalidOperationException("The test's.") };
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
        var handler = new KeepingHandler { StoreFault = fails ? new InvalidOperationException("The test's.") : null, Ended = ended };
        using (var served = await AssociatedAsync(new DicomHandlers().Add(handler)))
        {
            await served.StoreAsync();
        }

        await ended.Task.WithTimeout();
        Assert.Equal(1, handler.Stores);
        Assert.False(handler.Abandoned.Task.IsCompleted);
    }

    [Fact]
    public async Task AbandonedAsync_TheNextInstanceWaits_UntilItHasReturned()
    {
        var gate = new TaskCompletionSource();
        var handler = new KeepingHandler { MostBytes = 10_000, Undoing = gate.Task };
        using var served = await AssociatedAsync(new DicomHandlers().Add(handler));
        using var large = TestInstance.Create(100_000);
        Assert.Equal(DicomCommandStatusType.OutOfResources, (await served.StoreAsync(large)).Status);

        var next = served.StoreAsync();
        await handler.Abandoned.Task.WithTimeout();
        Assert.Equal(1, handler.Starts);
        gate.SetResult();

        Assert.Equal(DicomCommandStatusType.Success, (await next).Status);
        Assert.Equal(2, handler.Starts);
    }

    [Fact]
    public async Task StoreAsync_InTurnAfterThePeerHasGone_FindsItsStream()
    {
        var gate = new TaskCompletionSource();
        var handler = new KeepingHandler { Storing = gate.Task };
        using var served = Listening(new DicomHandlers { Supported = Everything() }.Add(handler));
        await using (var scu = await RawScu.AssociatedAsync(served.Listener.HostPort))
        {
            await scu.Peer.SendAsync(
                RawScu.Command(CommandSet.CStoreRq(7, WireBytes.Verification, TestInstance.Uid)), RawScu.FindIdentifier,
                RawScu.Command(CommandSet.CStoreRq(8, WireBytes.Verification, TestInstance.Uid)), RawScu.FindIdentifier);
            await Eventually.True(() => handler.Starts == 2);
        }

        await Eventually.True(() => served.Listener.GetClientCount() == 0);
        gate.SetResult();

        await Eventually.True(() => handler.Stores == 2);
        Assert.Equal(2, handler.Destinations.Count);
        Assert.DoesNotContain(null, handler.Destinations);
    }
}
