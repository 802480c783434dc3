using System.Net;
using System.Net.Sockets;

namespace Dicom.Net.Transport;

/// <summary>What is true of the machine and its network: a seam, so that the decisions can be tested for machines of every kind.</summary>
internal interface INetworkFacts
{
    bool SupportsIPv4 { get; }

    bool SupportsIPv6 { get; }

    /// <summary>The unicast addresses of all interfaces that are up, in the operating system's order.</summary>
    IReadOnlyList<LocalAddress> LocalAddresses();

    /// <summary>Every address of the name, in the resolver's order.</summary>
    /// <exception cref="SocketException">The name is not known, or nobody can be asked.</exception>
    IReadOnlyList<IPAddress> Resolve(string name);

    /// <inheritdoc cref="Resolve"/>
    ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(string name, CancellationToken cancellationToken);
}

/// <summary>One address of this machine. A link-local IPv6 address bears its scope.</summary>
/// <param name="Address">The address.</param>
/// <param name="InterfaceName">The operating system's name of the interface.</param>
/// <param name="IsOfDefaultRoute">True where the interface has the default route of the address's family.</param>
internal sealed record LocalAddress(IPAddress Address, string InterfaceName, bool IsOfDefaultRoute)
{
    public bool IsLoopback => IPAddress.IsLoopback(Address);

    // RFC 4291 §2.5.6 (fe80::/10) and RFC 3927 (169.254/16).
    public bool IsLinkLocal => Address.IsIPv6LinkLocal || Address.GetAddressBytes() is [169, 254, _, _];
}
