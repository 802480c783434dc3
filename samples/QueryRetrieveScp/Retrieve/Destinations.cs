using System.Globalization;

namespace Dicom.Net.Samples;

/// <summary>Where the AE titles are that instances and reports are sent to. A peer names a title, never an address.</summary>
internal sealed class Destinations
{
    private readonly Dictionary<string, (string Host, int Port)> _peers = new(StringComparer.Ordinal);

    /// <summary>Reads <c>AE=host:port</c>; an IPv6 address is in brackets.</summary>
    /// <exception cref="FormatException">One of them has another form.</exception>
    public Destinations(IEnumerable<string> options)
    {
        foreach (var option in options)
        {
            var equals = option.IndexOf('=', StringComparison.Ordinal);
            var colon = option.LastIndexOf(':');
            if (equals <= 0 || colon <= equals + 1 || !ushort.TryParse(option.AsSpan(colon + 1), NumberStyles.None, null, out var port))
            {
                throw new FormatException($"'{option}' is not of the form AE=host:port.");
            }

            _peers[option[..equals].Trim()] = (option[(equals + 1)..colon].Trim('[', ']'), port);
        }
    }

    /// <summary>Finds a peer by its AE title; spaces around it do not count (PS3.5 §6.2).</summary>
    public bool TryFind(string title, out (string Host, int Port) peer) => _peers.TryGetValue(title.Trim(' '), out peer);
}
