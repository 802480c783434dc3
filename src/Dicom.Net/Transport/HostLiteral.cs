using System.Net;
using System.Net.Sockets;

namespace Dicom.Net.Transport;

/// <summary>
/// Tells a literal address from a name, strictly: what the platform's parser would complete or reinterpret ("192.168.1",
/// "010.0.0.1", "[::1]:104") is an error here, since the address meant is rarely the one understood.
/// </summary>
internal static class HostLiteral
{
    // RFC 1035 §3.1: a name is at most 255 octets; .NET's resolver has the same limit.
    private const int LongestName = 255;

    /// <returns>The address, or <see langword="null"/> where the text is a name to be resolved.</returns>
    /// <exception cref="TransportException">The text can be neither.</exception>
    public static IPAddress? Parse(string host)
    {
        if (host.Length > LongestName || host.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
        {
            throw TransportException.BadParameter(
                $"The host {Quote(host)} is no address and no name: it holds white space or is longer than {LongestName} characters.");
        }

        var bare = host is ['[', .. var inside, ']'] ? inside : host;
        if (bare.Contains(':'))
        {
            return ParseIPv6(host, bare);
        }

        return IPAddress.TryParse(bare, out var address) ? RequireDottedQuad(host, address) : null;
    }

    /// <summary>The host as a certificate names it: an address without brackets and without the scope, which is this machine's affair.</summary>
    public static string Bare(string host) => Parse(host) is { } address ? new IPAddress(address.GetAddressBytes()).ToString() : host;

    /// <summary>The text for a message: quoted, cut, and without characters that could forge a line of a log.</summary>
    public static string Quote(string host)
    {
        const int enough = 80; // arbitrary
        var shown = host.Length > enough ? string.Concat(host.AsSpan(0, enough), "…") : host;
        return $"'{string.Concat(shown.Select(c => char.IsControl(c) ? '?' : c))}'";
    }

    private static IPAddress ParseIPv6(string host, string bare)
    {
        if (!bare.Contains('[') && IPAddress.TryParse(bare, out var address) && !LostItsScope(bare, address))
        {
            return RequireUnicast(host, address.Unmapped());
        }

        throw TransportException.BadParameter(
            $"The host {Quote(host)} is no IPv6 address. The port is an argument of its own; a scope is written fe80::1%eth0.");
    }

    // The platform's parser takes the name of an interface that does not exist for no scope at all.
    private static bool LostItsScope(string text, IPAddress address)
        => address.AddressFamily == AddressFamily.InterNetworkV6 && text.Contains('%') && address.ScopeId == 0;

    private static IPAddress RequireDottedQuad(string host, IPAddress address)
    {
        return address.ToString() == host
            ? RequireUnicast(host, address)
            : throw TransportException.BadParameter(
                $"The host {Quote(host)} is no complete IPv4 address: write all four decimal numbers, without leading zeros.");
    }

    private static IPAddress RequireUnicast(string host, IPAddress address)
    {
        var isMulticast = address.IsIPv6Multicast || address.GetAddressBytes() is [>= 224 and < 240, _, _, _]; // RFC 5771: 224/4
        return isMulticast || address.Equals(IPAddress.Broadcast)
            ? throw TransportException.BadParameter(
                $"The host {Quote(host)} is a multicast or broadcast address: TCP needs the address of one machine.")
            : address;
    }
}
