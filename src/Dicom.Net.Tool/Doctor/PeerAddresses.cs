using System.Net;
using System.Net.Sockets;

namespace Dicom.Net.Tool.Doctor;

/// <summary>The step from a name to addresses.</summary>
internal static class PeerAddresses
{
    private const string Step = "name";

    /// <summary>Looks a host up.</summary>
    /// <param name="host">A name or an address.</param>
    /// <param name="families">The families that may be used.</param>
    /// <param name="patience">How long it may take.</param>
    /// <param name="clock">The clock of that.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>The addresses, none where the finding is bad.</returns>
    public static async Task<(Finding Finding, IPAddress[] Addresses)> FindAsync(
        string host, IpType families, TimeSpan patience, TimeProvider clock, CancellationToken stop)
    {
        try
        {
            var found = PeerHost.Parse(host) is { } literal
                ? [literal]
                : await Dns.GetHostAddressesAsync(host, stop).WaitAsync(patience, clock, stop);
            return Choose(host, found, families);
        }
        catch (FormatException error)
        {
            return (Finding.Bad(Step, ExitCode.BadUse, error.Message, "Give HOST as an address or a name; the port is an argument of its own."), []);
        }
        catch (Exception error) when (error is SocketException or ArgumentException)
        {
            return (NotKnown(host), []);
        }
        catch (TimeoutException)
        {
            return (Finding.Bad(Step, ExitCode.TimeLimit, $"The name server does not answer about {host}.",
                "Give the peer's address instead of its name, or look after this machine's name server."), []);
        }
    }

    private static (Finding, IPAddress[]) Choose(string host, IPAddress[] found, IpType families)
    {
        IPAddress[] usable = [.. found.Select(Unmapped).Where(address => families.HasFlag(FamilyOf(address))).Distinct()];
        var all = string.Join(", ", found.Select(address => address.ToString()));
        if (usable.Length == 0)
        {
            return (found.Length == 0 ? NotKnown(host) : WrongFamily(host, all, families), []);
        }

        var what = usable is [var only] && only.ToString() == host
            ? $"{host} is an address."
            : $"{host} is {string.Join(", ", usable.AsEnumerable())}.";
        return (Finding.Good(Step, what), usable);
    }

    private static Finding NotKnown(string host) => Finding.Bad(
        Step, ExitCode.NoConnection, $"Nobody knows the name {host}.",
        "Check its spelling; try the peer's address; then look at this machine's hosts file and name server.");

    private static Finding WrongFamily(string host, string all, IpType families) => Finding.Bad(
        Step, ExitCode.NoConnection, $"{host} has no {(families == IpType.IPv6 ? "IPv6" : "IPv4")} address, only {all}.", "Leave out --ip.");

    private static IPAddress Unmapped(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static IpType FamilyOf(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 ? IpType.IPv6 : IpType.IPv4;
}
