using System.Diagnostics;
using System.Text.RegularExpressions;
using Dicom.Net.Interop.Tests.Support;

namespace Dicom.Net.Interop.Tests.Deploy;

/// <summary>HAProxy takes its configuration as it is, and with every variable set.</summary>
public sealed partial class HAProxyConfigurationTests
{
    [Theory]
    [InlineData]
    [InlineData("DICOM_SOCKET=/tmp/stats", "DICOM_BIND=127.0.0.1:104", "DICOM_NODE_1=127.0.0.11:104", "DICOM_HEALTH_1=105")]
    public async Task HAProxy_ChecksIt_FindsNothingWrong(params string[] variables)
    {
        var command = new ProcessStartInfo(
            Require.Tool("haproxy", "haproxy"), ["-c", "-f", DeployFolder.PathOf("haproxy", "haproxy.cfg")]);
        foreach (var variable in variables.Select(variable => variable.Split('=')))
        {
            command.Environment[variable[0]] = variable[1];
        }

        await using var haproxy = RunningProcess.Start(command);
        await haproxy.ExitAsync(0);

        Assert.DoesNotContain("WARNING", haproxy.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HAProxy_ChecksThePagesOwn_FindsNothingWrong()
    {
        var page = File.ReadAllText(DeployFolder.PathOf("..", "docs", "scaling.md"));
        using var folder = new TestFolder();
        var configuration = folder.PathOf("haproxy.cfg");
        File.WriteAllText(configuration, Configuration().Match(page).Groups[1].Value);

        await using var haproxy = RunningProcess.Start(new ProcessStartInfo(Require.Tool("haproxy", "haproxy"), ["-c", "-f", configuration]));
        await haproxy.ExitAsync(0);

        Assert.DoesNotContain("WARNING", haproxy.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("deploy", "haproxy", "haproxy.cfg")]
    [InlineData("docs", "scaling.md")]
    public void TimeLimits_OfPeersAndOfNodes_AreLongerThanTheNodesOwn(params string[] file)
    {
        var limits = HoursOfSilence().Matches(File.ReadAllText(DeployFolder.PathOf(["..", .. file]))).Select(match => match.Groups[1].Value);

        Assert.Equal(2, limits.Count(hours => TimeSpan.FromHours(int.Parse(hours, null)) > new DicomNetOptions().IdleTimeout));
    }

    [GeneratedRegex(@"^## Behind HAProxy\s+```\n(.+?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Configuration();

    [GeneratedRegex(@"^ +timeout (?:client|server) (\d+)h$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex HoursOfSilence();
}
