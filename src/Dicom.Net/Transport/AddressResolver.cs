using System.Net;
using System.Net.Sockets;

namespace Dicom.Net.Transport;

/// <summary>
/// Decides which addresses a host argument means. It asks for what was asked, or fails: it never falls back to "all addresses",
/// and never drops the half of a request without the caller having left it open.
/// </summary>
internal static class AddressResolver
{
    /// <summary>The local addresses to bind for a Listen, in order, without duplicates, at least one.</summary>
    /// <exception cref="TransportException">Nothing can be bound for this request; the message says why.</exception>
    public static IReadOnlyList<IPAddress> ResolveLocal(string? host, IpType ipType, INetworkFacts facts)
    {
        AddressFamilies.Validate(ipType);
        return host switch
        {
            null or "" => ChooseOwn(AddressFamilies.OnThisMachine(ipType, facts), facts),
            ListenRequest.AllAddresses => Wildcards(AddressFamilies.OnThisMachine(ipType, facts)),
            _ when HostLiteral.Parse(host) is { } literal
                => [WithScope(RequireFamily(host, literal, ipType, facts), facts)],
            _ => RequireFamilies(host, LookUp(host, facts), ipType, facts),
        };
    }

    /// <summary>The addresses to try for a Connect, in the resolver's order, without duplicates, at least one.</summary>
    /// <exception cref="TransportException">The host means no address of the families asked for.</exception>
    public static async ValueTask<IReadOnlyList<IPAddress>> ResolveRemoteAsync(
        string? host, IpType ipType, INetworkFacts facts, CancellationToken cancellationToken)
    {
        AddressFamilies.Validate(ipType);
        if (host is null or "" or ListenRequest.AllAddresses)
        {
            throw TransportException.BadParameter("A host to connect to is needed: the peer's address or name.");
        }

        if (HostLiteral.Parse(host) is not { } literal)
        {
            return RequireFamilies(host, await LookUpAsync(host, facts, cancellationToken).ConfigureAwait(false), ipType, facts);
        }

        return literal.Equals(IPAddress.Any) || literal.Equals(IPAddress.IPv6Any)
            ? throw TransportException.BadParameter($"{literal} means all addresses: it can be listened on but not connected to.")
            : [WithScope(RequireFamily(host, literal, ipType, facts), facts)];
    }

    /// <summary>This machine's addresses in the families asked for, for a message that helps to choose one of them.</summary>
    public static string Describe(INetworkFacts facts, IpType ipType)
    {
        var own = facts.LocalAddresses()
            .Where(local => ipType.Contains(local.Address))
            .Select(local => $"{local.Address} ({local.InterfaceName})");
        return string.Join(", ", own) is { Length: > 0 } list
            ? $"This machine has: {list}."
            : $"This machine has no {AddressFamilies.NameOf(ipType)} address.";
    }

    // Two sockets for both families, not one dual-mode socket: several addresses of a name need several sockets anyway, each end point
    // that is reported is then one that is bound, an IPv4 peer appears as such, and systems without dual mode (OpenBSD) behave alike.
    private static IPAddress[] Wildcards(IpType families) => families switch
    {
        IpType.IPv4 => [IPAddress.Any],
        IpType.IPv6 => [IPAddress.IPv6Any],
        _ => [IPAddress.Any, IPAddress.IPv6Any],
    };

    private static IPAddress[] ChooseOwn(IpType families, INetworkFacts facts)
    {
        var own = facts.LocalAddresses();
        IPAddress[] chosen = [.. FirstOf(IpType.IPv4), .. FirstOf(IpType.IPv6)];
        return chosen.Length > 0
            ? chosen
            : throw new TransportException(TransportErrorKind.AddressNotAvailable,
                $"No network interface of this machine is up with an {AddressFamilies.NameOf(families)} address.");

        // An address that others can reach comes before one that only the link, or only this machine, can.
        IEnumerable<IPAddress> FirstOf(IpType family) => own
            .Where(local => (families & family).Contains(local.Address))
            .OrderBy(local => local.IsLoopback)
            .ThenBy(local => local.IsLinkLocal)
            .ThenByDescending(local => local.IsOfDefaultRoute)
            .Select(local => local.Address)
            .Take(1);
    }

    private static IPAddress RequireFamily(string host, IPAddress literal, IpType ipType, INetworkFacts facts)
    {
        var family = AddressFamilies.IpTypeOf(literal);
        if (!ipType.HasFlag(family))
        {
            throw new TransportException(TransportErrorKind.AddressFamilyNotSupported,
                $"The host {HostLiteral.Quote(host)} is an {family} address, but the IP type asks for {AddressFamilies.NameOf(ipType)}.");
        }

        AddressFamilies.OnThisMachine(family, facts);
        return literal;
    }

    private static IPAddress[] RequireFamilies(string host, IReadOnlyList<IPAddress> found, IpType ipType, INetworkFacts facts)
    {
        var usable = AddressFamilies.OnThisMachine(ipType, facts);
        IPAddress[] wanted = [.. found.Select(address => address.Unmapped()).Where(address => usable.Contains(address)).Distinct()];
        if (wanted.Length > 0)
        {
            return wanted;
        }

        throw found.Count == 0
            ? new TransportException(TransportErrorKind.HostNotFound, NotKnown(host))
            : new TransportException(TransportErrorKind.AddressFamilyNotSupported,
                $"The name {HostLiteral.Quote(host)} has no {AddressFamilies.NameOf(usable)} address, only {string.Join(", ", found)}.");
    }

    // A link-local address means nothing without its interface, yet people write it without: one match among ours settles it.
    private static IPAddress WithScope(IPAddress address, INetworkFacts facts)
    {
        if (!address.IsIPv6LinkLocal || address.ScopeId != 0)
        {
            return address;
        }

        LocalAddress[] matches = [.. facts.LocalAddresses().Where(local => local.Address.IsIPv6LinkLocal
            && local.Address.GetAddressBytes().AsSpan().SequenceEqual(address.GetAddressBytes()))];
        return matches is [var only]
            ? only.Address
            : throw TransportException.BadParameter(
                $"The link-local address {address} needs its interface: write {address}%interface. {Describe(facts, IpType.IPv6)}");
    }

    private static IReadOnlyList<IPAddress> LookUp(string name, INetworkFacts facts)
    {
        try
        {
            return facts.Resolve(name);
        }
        catch (Exception e) when (IsNotKnown(e))
        {
            throw new TransportException(TransportErrorKind.HostNotFound, NotKnown(name), e);
        }
    }

    private static async ValueTask<IReadOnlyList<IPAddress>> LookUpAsync(
        string name, INetworkFacts facts, CancellationToken cancellationToken)
    {
        try
        {
            return await facts.ResolveAsync(name, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (IsNotKnown(e))
        {
            throw new TransportException(TransportErrorKind.HostNotFound, NotKnown(name), e);
        }
    }

    // What can be no name .NET does not even ask for: one of 255 characters without a final dot, say.
    private static bool IsNotKnown(Exception error) => error is SocketException or ArgumentException;

    private static string NotKnown(string name)
        => $"The name {HostLiteral.Quote(name)} is not known: check its spelling, the hosts file and the name server.";
}
