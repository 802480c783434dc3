using System.Net;

namespace Dicom.Net.Transport;

/// <summary>What the caller of Listen asked for.</summary>
/// <param name="Host">
/// <see langword="null"/> or empty: the local computer's address; <c>*</c>: all its addresses; else a literal or a name.
/// </param>
/// <param name="Port">0 to 65535; 0 is the first free port.</param>
/// <param name="Backlog">
/// Handed to listen() unchanged, 0 included: the operating system then makes the shortest queue that it can. A queue that is too short
/// delays peers that come at the same moment, by a second or more each (Linux), or refuses them (Windows).
/// </param>
/// <param name="IpType">The families asked for.</param>
internal sealed record ListenRequest(string? Host, int Port, int Backlog, IpType IpType)
{
    public const string AllAddresses = "*";

    /// <summary>True where the host names no address of its own, and so a family that the machine lacks is no error.</summary>
    public bool LeavesAddressOpen => string.IsNullOrEmpty(Host) || Host == AllAddresses;

    /// <exception cref="TransportException">An argument is out of its range.</exception>
    public void Validate()
    {
        if (Port is < IPEndPoint.MinPort or > IPEndPoint.MaxPort)
        {
            throw TransportException.BadParameter($"The port {Port} does not exist: pass 1 to 65535, or 0 for the first free port.");
        }

        RequireBacklog(Backlog);
        AddressFamilies.Validate(IpType);
    }

    /// <exception cref="TransportException">It is out of its range.</exception>
    public static void RequireBacklog(int backlog)
    {
        if (backlog < 0)
        {
            throw TransportException.BadParameter(
                $"The number of peers {backlog} is negative: it is the length of the queue of waiting connections, 0 or more.");
        }
    }
}
