using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Dicom.Net.Tool.Trace;

/// <summary>A peer as HOST:PORT; an IPv6 address stands in brackets.</summary>
internal sealed record PeerName(string Host, int Port)
{
    public static PeerName? Parse(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        var colon = text.LastIndexOf(':');
        if (colon > 0
            && int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port is > 0 and <= 65535
            && HostOf(text[..colon]) is { } host)
        {
            return new(host, port);
        }

        result.AddError($"'{text}' is no peer: give HOST:PORT, with brackets around an IPv6 address.");
        return null;
    }

    private static string? HostOf(string text)
    {
        if (text is ['[', .. var address, ']'])
        {
            return IPAddress.TryParse(address, out var parsed) && parsed.AddressFamily == AddressFamily.InterNetworkV6 ? address : null;
        }

        return Uri.CheckHostName(text) is UriHostNameType.Dns or UriHostNameType.IPv4 ? text : null;
    }
}
