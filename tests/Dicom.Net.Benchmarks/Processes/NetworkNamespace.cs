using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Dicom.Net.Benchmarks.Processes;

/// <summary>
/// A network of our own that has nothing but the loopback device: nobody else's traffic, nobody else's ports, and a congestion control
/// that does not pace loopback, as the machine's own may.
/// </summary>
internal static partial class NetworkNamespace
{
    /// <summary>The first argument of this program where it has been started inside a namespace of its own.</summary>
    private const string InsideVerb = "inside";

    private const string Settings = "/proc/sys/net/ipv4";

    /// <summary>Whether this process has a network of its own.</summary>
    public static bool IsInside { get; private set; }

    /// <summary>The command line as the user gave it.</summary>
    public static IReadOnlyList<string> Arguments { get; private set; } = [];

    /// <summary>Readies the network if this process has just been started inside one.</summary>
    /// <returns>The command line as the user gave it.</returns>
    public static IReadOnlyList<string> Settle(string[] arguments)
    {
        if (arguments is not [InsideVerb, .. var rest])
        {
            return Arguments = arguments;
        }

        Run([ProgramPath.Require("ip"), "link", "set", "lo", "up"]);
        Set("tcp_congestion_control", "reno");
        // A connection a cycle uses up ports: more of them, and those that wait out their time may be used again.
        Set("ip_local_port_range", "15000 65000");
        Set("tcp_tw_reuse", "1");
        IsInside = true;
        return Arguments = rest;
    }

    /// <summary>Goes on inside a namespace: this process becomes `unshare`, then itself again. Returns where that cannot be.</summary>
    public static void Enter()
    {
        if (IsInside)
        {
            return;
        }

        string[] unshare = Environment.IsPrivilegedProcess ? ["unshare", "--net"] : ["unshare", "--map-root-user", "--net"];
        if (CanRun([.. unshare, "ip", "link", "set", "lo", "up"]))
        {
            string[] command = [.. unshare, .. Self.Command([InsideVerb, .. Arguments])];
            _ = Execute(command[0], [.. command, null]);
        }

        Console.Error.WriteLine(
            "No network namespace (it takes Linux, unshare and ip, and the right to use them): the figures are at the mercy of the "
            + "machine's own congestion control, and foreign servers, which cannot be bound to loopback, are left out.");
    }

    private static void Set(string name, string value)
    {
        try
        {
            File.WriteAllText(Path.Combine(Settings, name), value);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{name} stays as it is: {error.Message}");
        }
    }

    private static bool CanRun(string[] command)
    {
        try
        {
            Run(command);
            return true;
        }
        catch (Exception error) when (error is BenchmarkException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static void Run(string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardError = true })!;
        var complaint = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new BenchmarkException($"`{string.Join(' ', command)}` failed: {complaint}");
        }
    }

    // The same process goes on under the same id, so that whoever ends this program ends it there, too.
    [DllImport("libc", EntryPoint = "execvp", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Execute(string file, string?[] arguments);
}
