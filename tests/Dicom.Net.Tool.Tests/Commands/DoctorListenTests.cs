using System.Globalization;
using Dicom.Net.Tests.Support;
using Dicom.Net.Tool.Tests.Support;
using static Dicom.Net.Tool.Tests.Support.DoctorSteps;

namespace Dicom.Net.Tool.Tests.Commands;

/// <summary>Where on this machine could be listened.</summary>
public sealed class DoctorListenTests
{
    [Fact]
    public async Task DoctorListen_FreePort_SaysHowToGoOn()
    {
        using var port = new ClosedPort(); // Chosen by the system, and bound on one address: the others have it.

        var run = await ToolRun.RunAsync("doctor", "--listen", "--port", port.Text, "--json");

        Assert.Contains(run.JsonOf("address"), address => Text(address, "host") == "127.0.0.1");
        Assert.Contains(run.JsonOf("address"), address => Text(address, "host") == "*");
    }

    [Fact]
    public async Task DoctorListen_PortInUseEverywhere_EndsWith3()
    {
        using var other = new DicomNet(null, DicomNetSecurityMode.None);
        other.Listen("*", 0, 1, IpType.IPv4OrIPv6).ThrowIfFailed();

        var run = await ToolRun.RunAsync(
            "doctor", "--listen", "--port", other.HostPort.ToString(CultureInfo.InvariantCulture), "--json");

        Assert.Equal(ExitCode.NoConnection, run.Code);
        Assert.All(run.JsonOf("address"), address => Assert.False(address.GetProperty("isFree").GetBoolean()));
        Assert.All(run.JsonOf("address"), address => Assert.Contains("in use", Text(address, "error"), StringComparison.Ordinal));
    }
}
