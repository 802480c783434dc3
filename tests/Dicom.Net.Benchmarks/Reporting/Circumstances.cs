using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Dicom.Net.Benchmarks.Processes;

namespace Dicom.Net.Benchmarks.Reporting;

/// <summary>The machine, the code and the moment, without which a figure says nothing.</summary>
internal static class Circumstances
{
    public static string Describe() =>
        $"""
        * machine: {Processor()}, {Environment.ProcessorCount} cores
        * system: {RuntimeInformation.OSDescription}, kernel {Environment.OSVersion.Version}; {RuntimeInformation.FrameworkDescription}
        * network: loopback, {Network()}, congestion control {Read("/proc/sys/net/ipv4/tcp_congestion_control")}
        * commit: {Commit()}
        * date: {Now()}; load average of the machine at that time: {Read("/proc/loadavg")}
        * command: `{string.Join(' ', CommandLine())}`
        """;

    private static string Processor()
    {
        var lines = Read("/proc/cpuinfo").Split('\n');
        var model = lines.FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        return model?.Split(':')[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }

    private static string Network() => NetworkNamespace.IsInside ? "in a namespace of its own" : "the machine's own";

    private static string Now() => DateTimeOffset.UtcNow.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Read(string path) => File.Exists(path) ? File.ReadAllText(path).Trim() : "?";

    private static IEnumerable<string> CommandLine() =>
        ["dotnet run -c Release --project tests/Dicom.Net.Benchmarks --", .. NetworkNamespace.Arguments];

    // What was built, not what is checked out where the command is given.
    private static string Commit()
    {
        var hash = Git("rev-parse", "--short", "HEAD");
        var changes = Git("status", "--porcelain", "--untracked-files=no");
        return hash is null ? "?" : changes is "" ? hash : $"{hash}, with changes that are not committed";
    }

    private static string? Git(params string[] arguments)
    {
        if (ProgramPath.Find("git") is not { } git)
        {
            return null;
        }

        using var process = Process.Start(new ProcessStartInfo(git, ["-C", AppContext.BaseDirectory, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.Trim() : null;
    }
}
