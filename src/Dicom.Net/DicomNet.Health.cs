using System.Net;
using System.Net.Sockets;
using Dicom.Net.Transport;

namespace Dicom.Net;

/// <summary>The port where a balancer looks whether a listener is well.</summary>
public partial class DicomNet
{
    /// <summary>How many of a balancer's connections may wait to be accepted (arbitrary: it has one at a time, and there may be several).</summary>
    private const int HealthBacklog = 16;

    private TransportListener? _health;

    /// <summary>The port of <see cref="DicomNetOptions.HealthPort"/> while it is open, 0 otherwise.</summary>
    public int HealthPort => Volatile.Read(ref _health)?.Port ?? 0;

    /// <summary>Opens it on the addresses of a listener; nothing where none is wanted.</summary>
    /// <exception cref="TransportException">It cannot be bound.</exception>
    private void OpenHealth(IReadOnlyList<Socket> beside)
    {
        if (_options.HealthPort is { } port)
        {
            IPAddress[] addresses = [.. beside.SelectMany(AddressesOf).Distinct()];
            var request = new ListenRequest(addresses[0].ToString(), port, HealthBacklog, IpType.IPv4OrIPv6);
            Volatile.Write(
                ref _health, TransportListener.Listen(request, addresses, new() { Time = _options.TimeProvider }, Dismiss, _log));
        }
    }

    /// <summary>From now on a balancer finds this side unwell.</summary>
    private void CloseHealth() => Interlocked.Exchange(ref _health, null)?.Stop();

    /// <summary>A socket from outside may be for both families: ours are for one.</summary>
    private static IPAddress[] AddressesOf(Socket socket)
    {
        var address = ((IPEndPoint)socket.LocalEndPoint!).Address;
        return address.Equals(IPAddress.IPv6Any) && socket.DualMode ? [address, IPAddress.Any] : [address];
    }

    private static void Dismiss(Socket socket)
    {
        try
        {
            socket.Shutdown(SocketShutdown.Both);
        }
        catch (SocketException)
        {
            // Who has seen enough often resets the connection.
        }

        socket.Dispose();
    }
}
