using System.Diagnostics;
using Dicom.Net.Interop.Tests.Support;

namespace Dicom.Net.Packages.Tests.Support;

/// <summary>Commands as a person types them, in a folder; each must succeed.</summary>
internal static class Command
{
    /// <summary>Long enough to build everything on a machine that does much besides: only what hangs takes it. Arbitrary.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    // What a running `dotnet test` tells its children about itself, and what would lead NuGet elsewhere.
    private static readonly string[] Foreign = ["MSBUILD", "VSTEST", "DOTNET_HOST_PATH", "NUGET_PACKAGES", "GIT_"];

    private static readonly Dictionary<string, string> Ours = new()
    {
        ["CI"] = "true", // As packages are made: without paths of this machine (ContinuousIntegrationBuild).
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_CLI_UI_LANGUAGE"] = "en",
        ["DOTNET_NOLOGO"] = "1",
        ["RunAnalyzers"] = "false", // They have had their say when the repository was built, and write nothing into an assembly.
        // Nothing is left running that would hold the folder.
        ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["UseSharedCompilation"] = "false",
    };

    /// <summary>Runs <c>dotnet</c>.</summary>
    /// <returns>What it wrote.</returns>
    public static Task<string> DotNetAsync(string folder, params IEnumerable<string> arguments) => RunAsync(folder, "dotnet", arguments);

    /// <summary>Runs <c>git</c>, as nobody in particular and in whoever's repository.</summary>
    /// <returns>What it wrote.</returns>
    public static Task<string> GitAsync(string folder, params IEnumerable<string> arguments) => RunAsync(
        folder, "git", ["-c", "safe.directory=*", "-c", "user.name=Test", "-c", "user.email=test@example.com", .. arguments]);

    /// <summary>Starts a program that <c>dotnet</c> has built.</summary>
    public static RunningProcess Start(string folder, params IEnumerable<string> arguments) => RunningProcess.Start(Of(folder, "dotnet", arguments));

    /// <summary>Runs any program.</summary>
    /// <returns>What it wrote.</returns>
    public static async Task<string> RunAsync(string folder, string file, params IEnumerable<string> arguments)
    {
        var command = Of(folder, file, arguments);
        await using var process = RunningProcess.Start(command);
        var code = await process.ExitAsync(Patience);
        Assert.True(code == 0, $"{file} {string.Join(' ', command.ArgumentList)} in {folder}: exit code {code}\n{process.Output}");
        return process.Output;
    }

    private static ProcessStartInfo Of(string folder, string file, IEnumerable<string> arguments)
    {
        var command = new ProcessStartInfo(file, arguments) { WorkingDirectory = folder };
        var foreign = command.Environment.Keys.Where(name => Foreign.Any(start => name.StartsWith(start, StringComparison.OrdinalIgnoreCase)));
        foreach (var name in foreign.ToList())
        {
            command.Environment.Remove(name);
        }

        foreach (var (name, value) in Ours)
        {
            command.Environment[name] = value;
        }

        return command;
    }
}
