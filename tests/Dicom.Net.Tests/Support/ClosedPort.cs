using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Dicom.Net.Tests.Support;

/// <summary>A port of 127.0.0.1 on which nobody listens, nor can while the test has it: who connects is refused.</summary>
internal sealed class ClosedPort : IDisposable
{
    private readonly Socket _bound = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public ClosedPort() => _bound.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    public int Number => ((IPEndPoint)_bound.LocalEndPoint!).Port;

    /// <summary>As a command line has it.</summary>
    public string Text => Number.ToString(CultureInfo.InvariantCulture);

    public void Dispose() => _bound.Dispose();
}
