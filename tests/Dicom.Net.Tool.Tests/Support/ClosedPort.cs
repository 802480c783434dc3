using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Dicom.Net.Tool.Tests.Support;

/// <summary>A port on which nobody listens, and nobody will while the test has it: who connects is refused.</summary>
internal sealed class ClosedPort : IDisposable
{
    private readonly Socket _bound = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public ClosedPort() => _bound.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    public string Number => ((IPEndPoint)_bound.LocalEndPoint!).Port.ToString(CultureInfo.InvariantCulture);

    public void Dispose() => _bound.Dispose();
}
