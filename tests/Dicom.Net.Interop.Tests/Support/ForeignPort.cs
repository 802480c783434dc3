using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Dicom.Net.Interop.Tests.Support;

/// <summary>Ports for peers that cannot choose one themselves and say which.</summary>
internal static class ForeignPort
{
    // Below the range of which the system gives ports to those who do not ask for a certain one (32768 and above on Linux, 49152 by
    // RFC 6335 §6): between our look and the peer's bind nobody gets it by chance.
    private const int First = 20_000;
    private const int Count = 10_000;

    // Projects of tests that run at the same time have neighbouring process ids: they begin far from one another. Arbitrary: more than each of
    // them takes.
    private const long BetweenProcesses = 127;

    private static int s_next = (int)(Environment.ProcessId * BetweenProcesses % Count);

    /// <summary>A port that nobody has, and that no other test is given.</summary>
    public static int Free()
    {
        int port;
        do
        {
            port = First + (Interlocked.Increment(ref s_next) % Count);
        }
        while (!IsFree(port));

        return port;
    }

    public static string FreeText() => Free().ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether somebody listens there: not asked by connecting, which some take for an association gone wrong.</summary>
    public static bool IsListening(string port)
    {
        var listeners = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners();
        return listeners.Any(listener => listener.Port == int.Parse(port, CultureInfo.InvariantCulture));
    }

    private static bool IsFree(int port)
    {
        using var probe = new TcpListener(IPAddress.Any, port);
        try
        {
            probe.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
