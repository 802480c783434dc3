using System.Net;
using Dicom.Net.Transport;

namespace Dicom.Net.Tests.Support;

/// <summary>A peer's address and nothing more.</summary>
internal abstract class AddressOnlyConnection(IPEndPoint peer) : PduConnection
{
    public override IPEndPoint LocalEndPoint { get; } = new(IPAddress.Loopback, 104);

    public override IPEndPoint RemoteEndPoint => peer;

    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken) => new(0);

    public override ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => default;

    public override void ShutdownSend()
    {
    }

    public override void Close()
    {
    }

    public override void Abort()
    {
    }
}
