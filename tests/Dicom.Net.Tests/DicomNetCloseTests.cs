using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Dicom.Net.Tests.Services;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests;

/// <summary>The ways to end at once: Close, CloseForced, Dispose; and what may be done afterwards.</summary>
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
    public async Task Close_OfAClientThatIsAboutToGetItsConnection_ClosesThat()
    {
        var meters = new ActingMeterFactory();
        using var client = new DicomNet(null, DicomNetSecurityMode.None, new DicomNetOptions
        {
            MeterFactory = meters,
            ArtimTimeout = Timeout.InfiniteTimeSpan, // That would end it too.
        });
        meters.WhenAsked = client.Close;
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        client.Closed += (_, _) => closed.SetResult();
        using var listener = new DicomNet(null, DicomNetSecurityMode.None);
        listener.Accepting += (_, _) => listener.Accept(client).ThrowIfFailed();
        TestScp.Listening(listener);

        await using var raw = await RawScu.ConnectedAsync(listener.HostPort);

        await raw.Peer.ExpectEndAsync();
        await closed.Task.WithTimeout();
        Assert.True(meters.WasAsked);
        await Eventually.True(() => listener.GetClientCount() == 0);
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

    /// <summary>Asked for the first time when an object gets its first connection.</summary>
    private sealed class ActingMeterFactory : IMeterFactory
    {
        public Action WhenAsked { get; set; } = () => { };

        public bool WasAsked { get; private set; }

        public Meter Create(MeterOptions options)
        {
            WasAsked = true;
            WhenAsked();
            return new(options);
        }

        public void Dispose()
        {
            // Its meters are nobody else's.
        }
    }
}
