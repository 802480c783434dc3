using System.Net;
using System.Net.NetworkInformation;

namespace Dicom.Net.Tool.Doctor;

/// <summary>
/// Tells an address from a name as the library does, and with it every other command: what the platform's parser would complete or reinterpret
/// ("192.168.1", "010.0.0.1", "[::1]:104") is an error, since who is meant is rarely who would be examined.
/// </summary>
internal static class PeerHost
{
    // RFC 1035 §3.1: octets of a name.
    private const int LongestName = 255;

    /// <returns>The address; null where it is a name.</returns>
    /// <exception cref="FormatException">It can be neither; the message says why.</exception>
    public static IPAddress? Parse(string host)
    {
        if (host is "" or "*" || host.Length > LongestName || host.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
        {
            throw new FormatException($"\"{host}\" is no address and no name of a peer.");
        }

        var bare = host is ['[', .. var inside, ']'] ? inside : host;
        var isAddress = IPAddress.TryParse(bare, out var address);
        if (bare.Contains(':'))
        {
            return isAddress && !bare.Contains('[') && !LosesItsScope(bare, address!)
                ? RequireOneMachine(host, WithScope(address!.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address))
                : throw new FormatException($"{host} is no IPv6 address; a scope is written fe80::1%eth0.");
        }

        return !isAddress ? null
            : address!.ToString() == host ? RequireOneMachine(host, address)
            : throw new FormatException($"{host} is no complete IPv4 address: write all four decimal numbers, without leading zeros.");
    }

    // The platform's parser takes the name of an interface that does not exist for no scope at all.
    private static bool LosesItsScope(string text, IPAddress address) => text.Contains('%') && address.ScopeId == 0;

    /// <summary>A link-local address means nothing without its interface; that of one of our own has it, though it is not written.</summary>
    private static IPAddress WithScope(IPAddress address)
    {
        if (!address.IsIPv6LinkLocal || address.ScopeId != 0)
        {
            return address;
        }

        IPAddress[] own =
        [
            .. NetworkInterface.GetAllNetworkInterfaces().SelectMany(card => card.GetIPProperties().UnicastAddresses)
                .Select(unicast => unicast.Address).Where(ours => ours.GetAddressBytes().AsSpan().SequenceEqual(address.GetAddressBytes())),
        ];
        return own is [var only] ? only : throw new FormatException($"{address} needs its interface: write {address}%eth0, say.");
    }

    private static IPAddress RequireOneMachine(string host, IPAddress address)
    {
        var isMulticast = address.IsIPv6Multicast || address.GetAddressBytes() is [>= 224 and < 240, _, _, _]; // RFC 5771: 224/4
        var isAll = address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) || address.Equals(IPAddress.Broadcast);
        return isMulticast || isAll ? throw new FormatException($"{host} is the address of several machines, or of none.") : address;
    }
}
