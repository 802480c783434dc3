using System.Collections.Concurrent;
using System.Net;
using Dicom.Net.Tests.Support;
using Dicom.Net.Tests.Transport;
using Microsoft.Extensions.Time.Testing;

namespace Dicom.Net.Tests;

/// <summary>The ways to end: Close, CloseAsync, CloseForced, Dispose; and what may be done afterwards.</summary>
public sealed class DicomNetCloseTests
{
    [Fact]
    public async Task Close_WithAnAssociation_AbortsIt()
    {
        using var listener = TestScp.InTheOldStyle(_ => { });
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);
        var client = (RecordingNet)listener.GetClient(0)!;

        scu.Net.Close();
        scu.Net.Close();

        var abort = await client.CallOf("OnReceiveAbort");
        Assert.Equal([DicomAbortSourceType.User, DicomAbortReasonType.Unknown], abort.Arguments);
        await listener.CallOf("OnClose");
        Assert.False(scu.Net.IsAssociated());
    }

    [Fact]
    public async Task CloseForced_WithAnAssociation_ResetsTheConnectionWithoutAWord()
    {
        using var listener = TestScp.InTheOldStyle(_ => { });
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);
        var client = (RecordingNet)listener.GetClient(0)!;

        scu.Net.CloseForced(true);

        Assert.Equal([DicomExceptionCode.NetConnectionAborted, client], (await listener.CallOf("OnClose")).Arguments);
        Assert.Equal(0, client.Count("OnReceiveAbort"));
    }

    [Fact]
    public void Close_OfAnObjectWithNeither_IsNothing()
    {
        using var net = new DicomNet(null, DicomNetSecurityMode.None);

        net.Close();
        net.CloseForced(true);

        Assert.Equal((0, "", false), (net.HostPort, net.HostAddress, net.IsConnected()));
        Assert.Equal((0, ""), (net.PeerPort, net.PeerAddress));
    }

    [Fact]
    public async Task Dispose_OfAListener_ClosesItsClientsWhoeverMadeThem()
    {
        var listener = TestScp.InTheOldStyle(_ => { });
        using var one = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);
        using var two = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);

        listener.Dispose();
        listener.Dispose();

        Assert.Equal(DicomExceptionCode.NetAssociationAborted, (await one.ClosedAsync()).Error);
        Assert.Equal(DicomExceptionCode.NetAssociationAborted, (await two.ClosedAsync()).Error);
        await Eventually.True(() => listener.GetClientCount() == 0);
        Assert.Empty(listener.LocalEndPoints);
    }

    [Fact]
    public async Task Dispose_WhileConnectionsCome_LeavesNoneOpen()
    {
        for (var round = 0; round < 10; round++) // arbitrary: the races of this are narrow
        {
            var listener = TestScp.AcceptingAll();
            var port = listener.HostPort;
            var scus = Enumerable.Range(0, 4).Select(_ => new RecordingNet()).ToList();
            scus.ForEach(scu => scu.Connect(null, 0, "127.0.0.1", port));
            await Eventually.True(() => listener.GetClientCount() > 0);

            listener.Dispose();

            await Eventually.True(() => scus.TrueForAll(scu => scu.Count("OnConnect") == 1 && !scu.IsConnected()));
            await Eventually.True(() => listener.GetClientCount() == 0);
            scus.ForEach(scu => scu.Dispose());
        }
    }

    [Fact]
    public async Task OnClose_OfManyClientsAtOnce_ComesToTheListenerOneAtATime()
    {
        const int Clients = 8; // arbitrary
        using var listener = TestScp.InTheOldStyle(_ => { });
        var scus = new List<TestScu>();
        for (var i = 0; i < Clients; i++)
        {
            scus.Add(await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification));
        }

        var running = 0;
        var overlaps = 0;
        listener.Override("OnClose", _ =>
        {
            overlaps += Interlocked.Increment(ref running) > 1 ? 1 : 0;
            Thread.SpinWait(20_000); // arbitrary: as long as it takes for another one to get in
            Interlocked.Decrement(ref running);
        });
        Parallel.ForEach(scus, scu => scu.Net.CloseForced(true));

        await Eventually.True(() => listener.Count("OnClose") == Clients);
        Assert.Equal(0, overlaps);
        Assert.False(listener.HasOverlapped);
        scus.ForEach(scu => scu.Dispose());
    }

    [Fact]
    public async Task CloseAsync_ClientsEndBeforeTheDeadline_DrainsAndAbortsNobody()
    {
        var time = new FakeTimeProvider();
        using var listener = TestScp.AcceptingAll(new() { TimeProvider = time });
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);
        var port = listener.HostPort;

        var closing = listener.CloseAsync(TimeSpan.FromMinutes(1));

        await Loopback.AssertRefusedAsync(IPAddress.Loopback, port);
        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
        Assert.False(closing.IsCompleted);
        await scu.ReleaseAsync();
        await closing.WithTimeout();
        Assert.Equal(0, listener.GetClientCount());
    }

    [Fact]
    public async Task CloseAsync_DeadlinePasses_AbortsTheRest()
    {
        var time = new FakeTimeProvider();
        using var listener = TestScp.AcceptingAll(new() { TimeProvider = time });
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);

        var closing = listener.CloseAsync(TimeSpan.FromMinutes(1));
        time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
        Assert.False(closing.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(DicomAbortSourceType.User, (await scu.NextAsync<DicomAbortEventArgs>()).Source);
        await closing.WithTimeout();
        Assert.Equal(0, listener.GetClientCount());
    }

    [Fact]
    public async Task CloseAsync_AgainAfterListeningAgain_WaitsForTheNewClients()
    {
        using var listener = TestScp.AcceptingAll();
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);
        var first = listener.CloseAsync(Timeout.InfiniteTimeSpan);
        await scu.ReleaseAsync();
        await first.WithTimeout();
        listener.Listen("127.0.0.1", 0, 1).ThrowIfFailed();
        await scu.AssociateAsync(listener.HostPort, TestScu.Request(DicomUids.Verification));

        var second = listener.CloseAsync(Timeout.InfiniteTimeSpan);

        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
        Assert.False(second.IsCompleted);
        await scu.ReleaseAsync();
        await second.WithTimeout();
    }

    [Fact]
    public async Task CloseAsync_RejectingNewcomers_RejectsThemUntilTheLastHasEnded()
    {
        using var listener = TestScp.AcceptingAll(new() { TimeProvider = new FakeTimeProvider() });
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);
        using var newcomer = new TestScu();
        var port = listener.HostPort;

        var closing = listener.CloseAsync(TimeSpan.FromMinutes(1), rejectNewcomers: true);

        var rejection = await newcomer.AssociateInVainAsync(port, TestScu.Request(DicomUids.Verification));
        Assert.Equal(
            (DicomAssociateRejectResultType.Transient, DicomAssociateRejectSourceType.Provider2, DicomAssociateRejectReasonType.Congestion),
            (rejection.Result, rejection.Source, rejection.Reason));
        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
        Assert.False(closing.IsCompleted);
        await scu.ReleaseAsync();
        await closing.WithTimeout();
        Assert.Equal(0, listener.GetClientCount());
        await Loopback.AssertRefusedAsync(IPAddress.Loopback, port);
    }

    [Fact]
    public async Task CloseAsync_NewcomerStaysConnected_IsNotWaitedForUntilTheDeadline()
    {
        var time = new FakeTimeProvider();
        using var listener = TestScp.AcceptingAll(new() { TimeProvider = time });
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);
        using var newcomer = new TestScu();
        var closing = listener.CloseAsync(TimeSpan.FromMinutes(1), rejectNewcomers: true);
        await newcomer.ConnectAsync(listener.HostPort);
        await Eventually.True(() => listener.GetClientCount() == 2);

        await scu.ReleaseAsync();
        await Eventually.True(() =>
        {
            // Five seconds, from when it waits for the newcomer alone: not from before.
            time.Advance(listener.LocalEndPoints.Count == 0 ? TimeSpan.FromSeconds(1) : TimeSpan.Zero);
            return closing.IsCompleted;
        });
        await closing;
        await Eventually.True(() => !newcomer.Net.IsConnected());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CloseAsync_ConnectedBeforeAndAsksNow_IsRejectedAndTheApplicationIsNotAsked(bool rejectNewcomers)
    {
        using var listener = TestScp.AcceptingAll();
        using var scu = new TestScu();
        await scu.ConnectAsync(listener.HostPort);
        await Eventually.True(() => listener.GetClientCount() == 1);
        var isAsked = false;
        listener.AssociateRequestReceived += (_, _) => isAsked = true;

        var closing = listener.CloseAsync(Timeout.InfiniteTimeSpan, rejectNewcomers);
        scu.Net.SendAssociateRequest(TestScu.Request(DicomUids.Verification)).ThrowIfFailed();

        Assert.Equal(DicomAssociateRejectReasonType.Congestion, (await scu.NextAsync<DicomAssociateRejectEventArgs>()).Reason);
        await closing.WithTimeout();
        Assert.False(isAsked);
    }

    [Fact]
    public async Task Listen_AfterCloseAsync_AcceptsAgain()
    {
        using var listener = TestScp.AcceptingAll();
        await listener.CloseAsync(TimeSpan.Zero, rejectNewcomers: true).WithTimeout();

        listener.Listen("127.0.0.1", 0, 1).ThrowIfFailed();

        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);
        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
    }

    [Fact]
    public async Task Listen_WhileCloseAsyncWaits_IsRefusedUntilThatIsDone()
    {
        using var listener = TestScp.AcceptingAll(new() { TimeProvider = new FakeTimeProvider() });
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);
        var closing = listener.CloseAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(DicomExceptionCode.InvalidState, listener.Listen("127.0.0.1", 0, 1).Code);
        Assert.Equal(DicomExceptionCode.InvalidState, listener.Connect(null, 0, "127.0.0.1", 104).Code);

        await scu.ReleaseAsync();
        await closing.WithTimeout();
        listener.Listen("127.0.0.1", 0, 1).ThrowIfFailed();
    }

    [Fact]
    public async Task CloseAsync_ListensOnlyDuringTheDelay_LeavesThatAlone()
    {
        var time = new FakeTimeProvider();
        using var listener = new DicomNet(null, new() { TimeProvider = time });
        var closing = listener.CloseAsync(TimeSpan.Zero, rejectNewcomers: false, delay: TimeSpan.FromMinutes(1));
        listener.Listen("127.0.0.1", 0, 1).ThrowIfFailed();

        time.Advance(TimeSpan.FromMinutes(1));

        await closing.WithTimeout();
        Assert.Single(listener.LocalEndPoints);
    }

    [Theory]
    [InlineData(-5, 0)]
    [InlineData(5_000_000, 0)]
    [InlineData(0, -5)]
    [InlineData(0, 5_000_000)]
    public async Task CloseAsync_ArgumentOutOfRange_ChangesNothing(int deadline, int delay)
    {
        using var listener = TestScp.AcceptingAll(new() { HealthPort = 0 });
        var health = listener.HealthPort;

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => listener.CloseAsync(
            TimeSpan.FromSeconds(deadline), rejectNewcomers: false, delay: TimeSpan.FromSeconds(delay)).WithTimeout());

        Assert.NotEqual(0, health);
        Assert.Equal(health, listener.HealthPort);
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);
        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
    }

    [Fact]
    public async Task CloseAsync_WithoutClients_IsDoneAtOnce()
    {
        using var listener = TestScp.AcceptingAll();

        await listener.CloseAsync(TimeSpan.Zero).WithTimeout();

        Assert.Empty(listener.LocalEndPoints);
    }

    [Fact]
    public async Task ClientObject_AfterItsConnection_ConnectsAsAnSCUWithoutItsListener()
    {
        var closed = new ConcurrentQueue<DicomNet>();
        using var listener = TestScp.AcceptingAll();
        listener.Closed += (_, e) => closed.Enqueue(e.Net);
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);
        var client = listener.GetClient(0)!;
        await scu.ReleaseAsync();
        await Eventually.True(() => closed.Count == 1);
        using var other = TestScp.AcceptingAll();
        var ended = new TaskCompletionSource();
        client.Connected += (_, _) => client.Close();
        client.Closed += (_, _) => ended.SetResult();

        client.Connect(null, 0, "127.0.0.1", other.HostPort).ThrowIfFailed();

        await ended.Task.WithTimeout();
        Assert.Null(client.Server);
        Assert.Single(closed);
    }
}
