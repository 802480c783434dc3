using System.Net;

namespace Dicom.Net;

/// <summary>An episode for each remote host: one that comes again and again does not hide the others.</summary>
internal sealed class LogEpisodes(TimeProvider time)
{
    /// <summary>Hosts that are told apart; of more at a time, all others count as one. Arbitrary.</summary>
    private const int MostHosts = 1024;

    private readonly Dictionary<IPAddress, LogEpisode> _known = [];
    private readonly LogEpisode _others = new(time);

    /// <summary>It has happened once more.</summary>
    /// <param name="host">With whom.</param>
    /// <returns>As <see cref="LogEpisode.Note"/>.</returns>
    public int Note(IPAddress host) => Of(host).Note();

    private LogEpisode Of(IPAddress host)
    {
        lock (_known)
        {
            if (_known.TryGetValue(host, out var known))
            {
                return known;
            }

            return _known.Count < MostHosts ? _known[host] = new(time) : _others;
        }
    }
}
