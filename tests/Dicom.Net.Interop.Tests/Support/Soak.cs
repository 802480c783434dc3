namespace Dicom.Net.Interop.Tests.Support;

/// <summary>Runs the soak program, which says what it has found, and ends with 0 if nothing was wrong.</summary>
internal static class Soak
{
    /// <summary>Runs it to its end. What it needs, and this machine has not, is the reason to skip the test.</summary>
    public static async Task<RunningProcess> RunAsync(params string[] arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the soak program looks into /proc");
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var tests = output.Parent!.Parent!.Parent!.Parent!.FullName;
        var program = Path.Combine(tests, "Dicom.Net.Soak", "bin", output.Parent.Name, output.Name, "Dicom.Net.Soak.dll");
        var soak = RunningProcess.Start("dotnet", [program, .. arguments]);
        try
        {
            var code = await soak.ExitAsync(Timeouts.OfASoak);
            Assert.True(code == 0, $"Exit code {code}:\n{soak.Output}");
            if (Array.Find(soak.Lines, line => line.StartsWith("Skipped: ", StringComparison.Ordinal)) is { } reason)
            {
                Assert.Skip(reason);
            }

            return soak;
        }
        catch
        {
            await soak.DisposeAsync();
            throw;
        }
    }
}
