using System.Net;
using System.Net.Sockets;

namespace Dicom.Net.Tests.Transport;

/// <summary>A port of 127.0.0.1 on which nobody listens, nor can while this lives: who connects to it is refused.</summary>
internal sealed class SilentPort : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public SilentPort() => _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    public int Number => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    public void Dispose() => _socket.Dispose();
}
