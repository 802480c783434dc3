using System.Collections.Concurrent;
using Dicom.Net.Associations;
using Dicom.Net.Tests.Support;
using Dicom.Net.UpperLayer;
using Microsoft.Extensions.Time.Testing;

namespace Dicom.Net.Tests.Associations;

public sealed class TracingPduLayerTests
{
    private readonly ConcurrentQueue<PduTraceEntry> _trace = new();
    private readonly RecordingHandler _handler = new();
    private readonly FakeTimeProvider _time = new(new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    [Fact]
    public async Task RunAsync_WholeAssociation_IsTracedInBothDirections()
    {
        var (requestor, acceptor) = InMemoryConnection.CreatePair();
        acceptor.ByteByByte = true;
        var running = RunAsync(acceptor, DicomPduLayer.Instance);
        var peer = new ScriptedPeer(requestor);
        await peer.AssociateAsync();
        await peer.EchoAsync(1);
        await peer.ReleaseAsync();
        await running.WithTimeout();

        Assert.Equal(
            ["1 received", "2 sent", "4 received", "4 sent", "5 received", "6 sent"],
            _trace.Select(entry => $"{entry.Type} {(entry.IsSent ? "sent" : "received")}"));
        Assert.All(_trace, entry => Assert.Equal((acceptor.LocalEndPoint, acceptor.RemoteEndPoint), (entry.Local, entry.Remote)));
        Assert.All(_trace, entry => Assert.Equal(_time.GetLocalNow(), entry.Time));
        Assert.Equal("03:04:05.000000 192.0.2.2:11112 <- 192.0.2.1:50000  A-RELEASE-RQ", _trace.ElementAt(4).ToString());
    }

    [Fact]
    public async Task RunAsync_AnyLayer_IsWatchedWithoutItsKnowing()
    {
        var (requestor, acceptor) = InMemoryConnection.CreatePair();
        var rude = new RudePduLayer(RudeAct.AwaitPdu, RudeAct.Split(1, WireBytes.Abort(2, 6)), RudeAct.Reset);
        var running = RunAsync(acceptor, rude);
        var peer = new ScriptedPeer(requestor);
        await peer.SendAsync(WireBytes.Of(WireBytes.Request()));
        await running.WithTimeout();
        Assert.Equal([false, true], _trace.Select(entry => entry.IsSent));
        Assert.Equal(["Connected", "Closed"], _handler.Names);
    }

    private Task RunAsync(InMemoryConnection connection, IPduLayer inner)
    {
        var options = new AssociationOptions { Log = new RecordingLogger(), Time = _time };
        return new TracingPduLayer(inner, _trace.Enqueue).RunAsync(new(connection, AssociationRole.Acceptor, _handler, options));
    }
}
