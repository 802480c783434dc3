using System.Net;
using System.Net.Sockets;

namespace Dicom.Net;

/// <summary>What counts as one remote host where hosts are counted.</summary>
internal static class RemoteHost
{
    /// <summary>The half of an IPv6 address that names a network; within it a host may take any number of addresses (RFC 4291 §2.5.1, RFC 8981).</summary>
    private const int PrefixBytes = 8;

    /// <summary>
    /// The address, or of IPv6 its /64. Link-local addresses count each by itself: all neighbours have the same /64 (RFC 4291 §2.5.6). So does
    /// the loopback address, which has no network.
    /// </summary>
    /// <param name="address">Of a peer; one of IPv4 as such.</param>
    public static IPAddress Of(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || address.IsIPv6LinkLocal || IPAddress.IsLoopback(address))
        {
            return address;
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[PrefixBytes..].Clear();
        return new(bytes);
    }
}
