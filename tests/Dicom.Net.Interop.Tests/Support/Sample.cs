using System.Net;

namespace Dicom.Net.Interop.Tests.Support;

/// <summary>Starts the samples from where the build has put them.</summary>
internal static class Sample
{
    // The tests are in …/tests/NAME/bin/CONFIGURATION/FRAMEWORK/.
    private static readonly DirectoryInfo Output = new(AppContext.BaseDirectory);

    private static readonly string Root = Output.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;

    /// <summary>The file of a sample, beside the tests: …/bin/CONFIGURATION/FRAMEWORK/.</summary>
    public static string PathOf(string name) => BuiltAt(Path.Combine("samples", name), name);

    /// <summary>The file of the tool.</summary>
    public static string PathOfTool() => BuiltAt(Path.Combine("src", "Dicom.Net.Tool"), "dicomnet");

    /// <summary>The project of a sample.</summary>
    public static string ProjectOf(string name) => Path.Combine(Root, "samples", name, $"{name}.csproj");

    public static RunningProcess Start(string name, params IEnumerable<string> arguments) =>
        RunningProcess.Start("dotnet", [PathOf(name), .. arguments]);

    public static Task<SampleScp> StartScpAsync(string name, params string[] arguments) =>
        ListeningAsync(Start(name, ["--host", "127.0.0.1", "--ip", "4", "--port", "0", .. arguments]));

    /// <summary>Starts one on a port that nobody else is given by chance: where it has ended, nobody listens.</summary>
    public static Task<SampleScp> StartScpOnItsOwnPortAsync(string name, params string[] arguments) =>
        ListeningAsync(Start(name, ["--host", "127.0.0.1", "--ip", "4", "--port", ForeignPort.FreeText(), .. arguments]));

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

    private static string BuiltAt(string project, string name) => Path.Combine(Root, project, "bin", Output.Parent!.Name, Output.Name, $"{name}.dll");
}
