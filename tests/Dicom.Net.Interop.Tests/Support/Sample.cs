using System.Net;

namespace Dicom.Net.Interop.Tests.Support;

/// <summary>Starts the samples from where the build has put them.</summary>
internal static class Sample
{
    // The tests are in …/tests/NAME/bin/CONFIGURATION/FRAMEWORK/.
    private static readonly DirectoryInfo Output = new(AppContext.BaseDirectory);

    private static readonly string Samples = Path.Combine(Output.Parent!.Parent!.Parent!.Parent!.Parent!.FullName, "samples");

    /// <summary>The program of a sample, built as the tests are.</summary>
    public static string PathOf(string name) => Path.Combine(Samples, name, "bin", Output.Parent!.Name, Output.Name, $"{name}.dll");

    /// <summary>The project of a sample.</summary>
    public static string ProjectOf(string name) => Path.Combine(Samples, name, $"{name}.csproj");

    public static RunningProcess Start(string name, params IEnumerable<string> arguments) =>
        RunningProcess.Start("dotnet", [PathOf(name), .. arguments]);

    public static Task<SampleScp> StartScpAsync(string name, params string[] arguments) =>
        ListeningAsync(Start(name, ["--host", "127.0.0.1", "--ip", "4", "--port", "0", .. arguments]));

    /// <summary>Starts one that may have so many file handles open.</summary>
    public static Task<SampleScp> StartLimitedScpAsync(int handles, string name, params string[] arguments) =>
        ListeningAsync(RunningProcess.Start(Require.Bash(), [
            "-c", $"ulimit -n {handles} && exec dotnet \"$@\"", "bash", PathOf(name),
            "--host", "127.0.0.1", "--ip", "4", "--port", "0", .. arguments]));

    /// <summary>Starts one that may do no more than others of its user: to root itself, otherwise, no folder is closed.</summary>
    public static Task<SampleScp> StartWithoutPrivilegesAsync(string name, params string[] arguments)
    {
        const string privileges = "-dac_override,-dac_read_search";
        string[] dropping = Environment.IsPrivilegedProcess ? ["setpriv", "--bounding-set", privileges, "--inh-caps", privileges] : ["env"];
        return ListeningAsync(RunningProcess.Start(
            dropping[0], [.. dropping[1..], "dotnet", PathOf(name), "--host", "127.0.0.1", "--ip", "4", "--port", "0", .. arguments]));
    }

    public static Task<SampleScp> StartIPv6ScpAsync(string name, params string[] arguments)
    {
        Require.IPv6();
        return ListeningAsync(Start(name, ["--host", "::1", "--ip", "6", "--port", "0", .. arguments]));
    }

    public static async Task<SampleScp> ListeningAsync(RunningProcess process)
    {
        const string announcement = "Listening on ";
        var line = await process.LineAsync(line => line.StartsWith(announcement, StringComparison.Ordinal));
        return new(process, IPEndPoint.Parse(line[announcement.Length..]));
    }
}
