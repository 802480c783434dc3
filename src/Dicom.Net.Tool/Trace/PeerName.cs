using System.CommandLine.Parsing;
using System.Globalization;

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
            && port is > 0 and <= 65535)
        {
            return new(text[..colon].Trim('[', ']'), port);
        }

        result.AddError($"'{text}' is no peer: give HOST:PORT.");
        return null;
    }
}
