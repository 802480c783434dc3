using System.Collections.Concurrent;
using System.Net;
using Dicom.Net.Associations;
using Dicom.Net.Tests.Support;
using Dicom.Net.Transport;
using Dicom.Net.UpperLayer;

namespace Dicom.Net.Tests;

/// <summary>The seam: what DicomNet does with PDU layers that are not its own.</summary>
public sealed class DicomNetPduLayerTests
{
    [Fact]
    public async Task Layer_Throws_ClosesThatConnectionAloneAndTellsIt()
    {
        var layer = new Layer(context => context.Role == AssociationRole.Acceptor ? throw new InvalidOperationException("The test's.") : null);
        using var listener = TestScp.InTheOldStyle(_ => { }, new() { PduLayer = layer });
        for (var round = 1; round <= 2; round++)
        {
            using var peer = Connecting(listener.HostPort);
            await Eventually.True(() => listener.Count("OnClose") == round);
        }

        Assert.All(listener.Calls.Where(call => call.Name == "OnClose"), call => Assert.Equal(DicomExceptionCode.NetFailure, call.Arguments[0]));
        Assert.Equal(0, listener.GetClientCount());
    }

    [Fact]
    public async Task Layer_FailsLater_ClosesTheConnectionAndTellsIt()
    {
        var layer = new Layer(async context =>
        {
            await context.Connection.ReceiveAsync(new byte[1], CancellationToken.None);
            throw new InvalidOperationException("The test's.");
        });
        using var listener = TestScp.InTheOldStyle(_ => { }, new() { PduLayer = layer });
        using var scu = new TestScu();
        await scu.ConnectAsync(listener.HostPort);

        scu.Net.SendAssociateRequest(TestScu.Request(DicomUids.Verification)).ThrowIfFailed();

        Assert.NotEqual(DicomExceptionCode.Success, (await scu.ClosedAsync()).Error);
        Assert.Equal(DicomExceptionCode.NetFailure, (await listener.CallOf("OnClose")).Arguments[0]);
    }

    [Fact]
    public async Task Layer_NeverAttaches_EverySendIsRefusedAndCloseStillCloses()
    {
        var layer = new Layer(async context =>
        {
            try
            {
                await context.Connection.ReceiveAsync(new byte[1], CancellationToken.None);
            }
            catch (IOException)
            {
                // Closed by the test.
            }
        });
        using var listener = TestScp.InTheOldStyle(_ => { }, new() { PduLayer = layer });
        using var scu = new TestScu();
        await scu.ConnectAsync(listener.HostPort);
        await Eventually.True(() => listener.GetClient(0) is { } accepted && accepted.IsConnected());
        var client = listener.GetClient(0)!;

        Assert.Equal(DicomExceptionCode.NetNotConnected, client.SendReleaseRequest().Code);
        Assert.False(client.IsAssociated());
        Assert.True(client.IsConnected());
        client.Close();

        await scu.ClosedAsync();
        Assert.Equal([DicomExceptionCode.Success, client], (await listener.CallOf("OnClose")).Arguments);
        Assert.Equal(1, ((RecordingNet)client).Count("OnClose"));
    }

    [Fact]
    public async Task Layer_TellsTheEndAndThenFails_OnCloseComesOnce()
    {
        var layer = new Layer(async context =>
        {
            await context.Handler.OnClosedAsync(new(AssociationEndKind.Aborted));
            throw new InvalidOperationException("The test's.");
        });
        using var listener = TestScp.InTheOldStyle(_ => { }, new() { PduLayer = layer });
        using var peer = Connecting(listener.HostPort);

        await listener.CallOf("OnClose");
        await peer.CallOf("OnConnect");
        await Eventually.True(() => !peer.IsConnected());

        var closed = Assert.Single(listener.Calls, call => call.Name == "OnClose");
        Assert.Equal(DicomExceptionCode.NetAssociationAborted, closed.Arguments[0]);
    }

    [Fact]
    public async Task Tracing_AnEcho_RecordsBothDirectionsOfBothSides()
    {
        var ofTheScp = new ConcurrentQueue<PduTraceEntry>();
        var ofTheScu = new ConcurrentQueue<PduTraceEntry>();
        using var listener = TestScp.AcceptingAll(new() { PduLayer = new TracingPduLayer(DicomPduLayer.Instance, ofTheScp.Enqueue) });
        using var scu = new TestScu(new() { PduLayer = new TracingPduLayer(DicomPduLayer.Instance, ofTheScu.Enqueue) });
        await scu.AssociateAsync(listener.HostPort, TestScu.Request(DicomUids.Verification));

        await scu.EchoAsync();
        await scu.ReleaseAsync();

        await Eventually.True(() => ofTheScp.Count == 6 && ofTheScu.Count == 6);
        Assert.Equal([1, 4, 5], ofTheScu.Where(pdu => pdu.IsSent).Select(pdu => (int)pdu.Type));
        Assert.Equal([2, 4, 6], ofTheScu.Where(pdu => !pdu.IsSent).Select(pdu => (int)pdu.Type));
        Assert.Equal([2, 4, 6], ofTheScp.Where(pdu => pdu.IsSent).Select(pdu => (int)pdu.Type));
        Assert.Equal([1, 4, 5], ofTheScp.Where(pdu => !pdu.IsSent).Select(pdu => (int)pdu.Type));
        Assert.All(ofTheScu, pdu => Assert.Equal(scu.Net.PeerPort, pdu.Remote.Port));
        Assert.Contains("A-ASSOCIATE-RQ", ofTheScp.First().ToString(), StringComparison.Ordinal);
        Assert.Contains("<-", ofTheScp.First().ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decorator_ThatSendsByteByByte_ChangesNothing()
    {
        using var listener = TestScp.AcceptingAll();
        var layer = new Layer(context => DicomPduLayer.Instance.RunAsync(context.With(new OneByteAtATime(context.Connection))));
        using var scu = new TestScu(new() { PduLayer = layer });
        await scu.AssociateAsync(listener.HostPort, TestScu.Request(DicomUids.Verification));

        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
        await scu.ReleaseAsync();
    }

    // The other side resets the connection at once, perhaps before this one knows that it stands: either outcome is right.
    private static RecordingNet Connecting(int port)
    {
        var peer = new RecordingNet();
        peer.Connect(null, 0, "127.0.0.1", port).ThrowIfFailed();
        return peer;
    }

    private sealed class Layer(Func<PduLayerContext, Task?> run) : IPduLayer
    {
        public Task RunAsync(PduLayerContext context) => run(context) ?? DicomPduLayer.Instance.RunAsync(context);
    }

    private sealed class OneByteAtATime(PduConnection inner) : PduConnection
    {
        public override IPEndPoint LocalEndPoint => inner.LocalEndPoint;

        public override IPEndPoint RemoteEndPoint => inner.RemoteEndPoint;

        public override ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
            inner.ReceiveAsync(buffer[..Math.Min(1, buffer.Length)], cancellationToken);

        public override async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
        {
            for (var i = 0; i < bytes.Length; i++)
            {
                await inner.SendAsync(bytes.Slice(i, 1), cancellationToken);
            }
        }

        public override void ShutdownSend() => inner.ShutdownSend();

        public override void Close() => inner.Close();

        public override void Abort() => inner.Abort();
    }
}
