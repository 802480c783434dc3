namespace Dicom.Net.Interop.Tests.Support;

/// <summary>Runs the soak program, which says what it has found, and ends with 0 if nothing was wrong.</summary>
internal static class Soak
{
    public static Task<RunningProcess> RunAsync(params string[] arguments) => RunAsync(Timeouts.Default, arguments);

    /// <summary>Runs one that may take so long. What it needs, and this machine has not, is the reason to skip the test.</summary>
    public static async Task<RunningProcess> RunAsync(TimeSpan patience, params string[] arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the soak program looks into /proc");
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var tests = output.Parent!.Parent!.Parent!.Parent!.FullName;
        var program = Path.Combine(tests, "Dicom.Net.Soak", "bin", output.Parent.Name, output.Name, "Dicom.Net.Soak.dll");
        var soak = RunningProcess.Start("dotnet", [program, .. arguments]);
        var code = await soak.ExitAsync(patience);
        Assert.True(code == 0, $"Exit code {code}:\n{soak.Output}");
        if (Array.Find(soak.Lines, line => line.StartsWith("Skipped: ", StringComparison.Ordinal)) is { } reason)
        {
            await soak.DisposeAsync();
            Assert.Skip(reason);
        }

        return soak;
    }
}
