using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Dicom.Net.Transport;

/// <summary>The facts of the machine that this program runs on.</summary>
internal sealed class MachineNetworkFacts : INetworkFacts
{
    public static readonly MachineNetworkFacts Instance = new();

    public bool SupportsIPv4 => Socket.OSSupportsIPv4;

    public bool SupportsIPv6 => Socket.OSSupportsIPv6;

    public IReadOnlyList<LocalAddress> LocalAddresses()
    {
        try
        {
            return [.. NetworkInterface.GetAllNetworkInterfaces().Where(IsUp).SelectMany(AddressesOf)];
        }
        catch (NetworkInformationException e)
        {
            throw new TransportException(
                TransportErrorKind.Other, $"The network interfaces of this machine cannot be read: {e.Message}", e);
        }
    }

    public IReadOnlyList<IPAddress> Resolve(string name) => Dns.GetHostAddresses(name);

    public async ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(string name, CancellationToken cancellationToken)
        => await Dns.GetHostAddressesAsync(name, cancellationToken).ConfigureAwait(false);

    // Linux says "unknown" of a loopback or tunnel interface that works.
    private static bool IsUp(NetworkInterface candidate)
        => candidate.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown;

    private static IEnumerable<LocalAddress> AddressesOf(NetworkInterface source)
    {
        var properties = source.GetIPProperties();
        var routed = FamiliesOfDefaultRoute(properties);
        return properties.UnicastAddresses
            .Select(unicast => unicast.Address)
            .Where(address => address.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6)
            .Select(address => new LocalAddress(address, source.Name, routed.Contains(address)));
    }

    // .NET reads the gateways of an interface from the routes to "everywhere".
    private static IpType FamiliesOfDefaultRoute(IPInterfaceProperties properties)
    {
        if (OperatingSystem.IsAndroid())
        {
            return IpType.None; // The platform does not tell.
        }

        return properties.GatewayAddresses
            .Select(gateway => AddressFamilies.IpTypeOf(gateway.Address))
            .Aggregate(IpType.None, (families, family) => families | family);
    }
}
