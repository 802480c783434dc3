using System.Net;
using Dicom.Net.Transport;

namespace Dicom.Net.Tests.Support;

/// <summary>
/// One side of two connections joined back to back in memory, with a fault for every occasion. The controls concern what
/// <em>this</em> side receives, or the whole connection; set them on both sides to trouble both directions.
/// </summary>
internal sealed class InMemoryConnection : PduConnection
{
    private readonly InMemoryLane _incoming;
    private readonly InMemoryLane _outgoing;

    private InMemoryConnection(InMemoryLane incoming, InMemoryLane outgoing, IPEndPoint local, IPEndPoint remote)
    {
        _incoming = incoming;
        _outgoing = outgoing;
        LocalEndPoint = local;
        RemoteEndPoint = remote;
    }

    public override IPEndPoint LocalEndPoint { get; }

    public override IPEndPoint RemoteEndPoint { get; }

    /// <summary>True: nothing arrives, not even the end of the stream, until it is false again.</summary>
    public bool Stalled
    {
        get => _incoming.Stalled;
        set => _incoming.Stalled = value;
    }

    /// <summary>True: every receive gives one byte.</summary>
    public bool ByteByByte
    {
        get => _incoming.LargestDelivery == 1;
        set => _incoming.LargestDelivery = value ? 1 : int.MaxValue;
    }

    /// <summary>How many bytes may wait for this side before a send of the peer has to wait: a slow receiver's window.</summary>
    public int ReceiveCapacity
    {
        get => _incoming.Capacity;
        set => _incoming.Capacity = value;
    }

    /// <summary>Bytes that the peer has sent and this side has not received.</summary>
    public int Unreceived => _incoming.Count;

    /// <summary>True when this side has closed, aborted or shut down its sending.</summary>
    public bool HasEndedSending => _outgoing.HasEnded;

    /// <summary>Two connections; what one sends the other receives.</summary>
    public static (InMemoryConnection Requestor, InMemoryConnection Acceptor) CreatePair()
    {
        // RFC 5737: addresses for documentation, so nothing can take them for real ones.
        var requestor = new IPEndPoint(IPAddress.Parse("192.0.2.1"), 50000);
        var acceptor = new IPEndPoint(IPAddress.Parse("192.0.2.2"), 11112);
        var forth = new InMemoryLane();
        var back = new InMemoryLane();
        return (new InMemoryConnection(back, forth, requestor, acceptor), new InMemoryConnection(forth, back, acceptor, requestor));
    }

    /// <summary>The network breaks: both sides get a reset, and what was under way is lost.</summary>
    public void Cut() => Cut(TransportErrorKind.ConnectionReset);

    /// <summary>As above, with another error than a reset.</summary>
    public void Cut(TransportErrorKind error)
    {
        _incoming.Break(forReader: error, forWriter: error);
        _outgoing.Break(forReader: error, forWriter: error);
    }

    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
        => _incoming.ReadAsync(buffer, cancellationToken);

    public override ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
        => _outgoing.WriteAsync(bytes, cancellationToken);

    public override void ShutdownSend() => _outgoing.End();

    public override void Close()
    {
        _outgoing.End();
        _incoming.Break(forReader: TransportErrorKind.Closed, forWriter: TransportErrorKind.ConnectionReset);
    }

    public override void Abort()
    {
        _outgoing.End();
        _incoming.Break(forReader: TransportErrorKind.Closed, forWriter: TransportErrorKind.ConnectionReset);
        _outgoing.Break(forReader: TransportErrorKind.ConnectionReset, forWriter: TransportErrorKind.Closed);
    }
}
