using System.Net;
using System.Net.Sockets;

namespace Dicom.Net.Transport;

/// <summary><see cref="IpType"/> in the words of sockets.</summary>
internal static class AddressFamilies
{
    /// <exception cref="TransportException">No family, or a bit that means none.</exception>
    public static void Validate(IpType ipType)
    {
        if (ipType is not (IpType.IPv4 or IpType.IPv6 or IpType.IPv4OrIPv6))
        {
            throw TransportException.BadParameter(
                $"The IP type {ipType:D} names no address family: pass {IpType.IPv4}, {IpType.IPv6} or {nameof(IpType.IPv4OrIPv6)}.");
        }
    }

    /// <summary>The families asked for that this machine has too.</summary>
    /// <exception cref="TransportException">There is none.</exception>
    public static IpType OnThisMachine(IpType asked, INetworkFacts facts)
    {
        var supported = (facts.SupportsIPv4 ? IpType.IPv4 : IpType.None) | (facts.SupportsIPv6 ? IpType.IPv6 : IpType.None);
        return (asked & supported) is var common and not IpType.None
            ? common
            : throw new TransportException(TransportErrorKind.AddressFamilyNotSupported,
                $"The operating system of this machine has no {NameOf(asked)}: enable it, or ask for another IP type.");
    }

    public static bool Contains(this IpType ipType, IPAddress address) => ipType.HasFlag(IpTypeOf(address));

    public static IpType IpTypeOf(IPAddress address) => address.AddressFamily switch
    {
        AddressFamily.InterNetwork => IpType.IPv4,
        AddressFamily.InterNetworkV6 => IpType.IPv6,
        var family => throw new ArgumentException($"{family} is no Internet address family.", nameof(address)),
    };

    public static string NameOf(IpType ipType) => ipType == IpType.IPv4OrIPv6 ? "IPv4 or IPv6" : ipType.ToString();

    /// <summary>An IPv4 peer is shown as one: <c>::ffff:192.0.2.1</c> is <c>192.0.2.1</c> (RFC 4291 §2.5.5.2).</summary>
    public static IPAddress Unmapped(this IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    public static IPEndPoint Unmapped(this IPEndPoint endPoint)
        => endPoint.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(endPoint.Address.MapToIPv4(), endPoint.Port) : endPoint;
}
