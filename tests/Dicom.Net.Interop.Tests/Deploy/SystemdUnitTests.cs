using Dicom.Net.Interop.Tests.Support;

namespace Dicom.Net.Interop.Tests.Deploy;

/// <summary>The service and its socket: systemd knows every line of them.</summary>
public sealed class SystemdUnitTests : IDisposable
{
    private const string Service = "dicomnet-archive.service";
    private const string Socket = "dicomnet-archive.socket";

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task SystemdAnalyze_Verifies_FindsNothingWrong()
    {
        var tool = Require.Tool("systemd", "systemd-analyze");
        foreach (var name in new[] { Service, Socket })
        {
            // That the program is there is no matter of the unit; nor is where this machine has its .NET.
            var unit = await File.ReadAllTextAsync(DeployFolder.PathOf("systemd", name), TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(
                _folder.PathOf(name), unit.Replace("/usr/bin/dotnet", "/bin/true", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        }

        await using var analyze = RunningProcess.Start(tool, "verify", "--man=no", _folder.PathOf(Service), _folder.PathOf(Socket));
        await analyze.ExitAsync(0);

        Assert.DoesNotContain("dicomnet-archive", analyze.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Service_ToldToEnd_HasTheTimeThatItsOptionsWant()
    {
        var unit = await LinesAsync(Service);

        Assert.True(NumberAfter(unit, "TimeoutStopSec=") > NumberAfter(unit, "--drain-delay ") + NumberAfter(unit, "--drain "));
    }

    // listen(2) on a socket that listens already sets its backlog.
    [Fact]
    public async Task Service_GivenTheSocket_LeavesItsBacklog() =>
        Assert.Equal(NumberAfter(await LinesAsync(Socket), "Backlog="), NumberAfter(await LinesAsync(Service), "--backlog "));

    [Fact]
    public async Task Program_KnowsTheOptionsOfTheService()
    {
        var unit = await File.ReadAllTextAsync(DeployFolder.PathOf("systemd", Service), TestContext.Current.CancellationToken);

        await ProgramOptions.AssertKnownAsync(unit);
    }

    private static Task<string[]> LinesAsync(string name) =>
        File.ReadAllLinesAsync(DeployFolder.PathOf("systemd", name), TestContext.Current.CancellationToken);

    private static int NumberAfter(string[] unit, string text)
    {
        var line = unit.First(line => line.Contains(text, StringComparison.Ordinal) && !line.StartsWith('#'));
        var rest = line[(line.IndexOf(text, StringComparison.Ordinal) + text.Length)..];
        return int.Parse(rest.TakeWhile(char.IsAsciiDigit).ToArray(), null);
    }
}
