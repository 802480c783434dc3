using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Dicom.Net.Interop.Tests.Support;

namespace Dicom.Net.Interop.Tests;

/// <summary>Sockets that systemd has opened, as systemd-socket-activate(1) hands them over; and what a balancer sees of a sample that is to end.</summary>
public sealed class SocketActivationTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("StoreScp", "", "--activated")]
    [InlineData("StoreScp", "dicom", "--activated", "dicom")]
    [InlineData("HostedScp", "", "--Dicom:Activated=true")]
    [InlineData("HostedScp", "dicom", "--Dicom:Activated=true", "--Dicom:SocketName=dicom")]
    public async Task Scp_StartedByItsFirstPeer_ServesIt(string sample, string name, params string[] options)
    {
        var port = ForeignPort.Free();
        await using var process = Activate(sample, port, name, options);
        await process.LineAsync(line => line.StartsWith("Listening on 127.0.0.1", StringComparison.Ordinal));

        using var scu = await LocalScu.AssociateAsync(port);

        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
        scu.Dispose();
        await process.TerminateAsync();
        await process.ExitAsync(0);
    }

    [Fact]
    public async Task StoreScp_WhereNoSocketIsOfTheName_SaysWhatThereIs()
    {
        var port = ForeignPort.Free();
        await using var process = Activate("StoreScp", port, "dicom", "--activated", "another");
        await process.LineAsync(line => line.StartsWith("Listening on 127.0.0.1", StringComparison.Ordinal));
        using var peer = new TcpClient();
        await peer.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken).AsTask().WithTimeout();

        await process.ExitAsync(1);

        Assert.Contains("No socket is named 'another': there are 'dicom'.", process.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StoreScp_WithoutAServiceManager_SaysWhatToDo()
    {
        await using var process = Sample.Start("StoreScp", "--out", _folder.Path, "--activated");

        await process.ExitAsync(1);

        Assert.Contains("LISTEN_FDS is not set", process.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StoreScp_ToEndWithADelay_FailsTheCheckFirstAndGoesOn()
    {
        await using var scp = await Sample.StartScpAsync(
            "StoreScp", "--out", _folder.Path, "--health-port", ForeignPort.FreeText(), "--drain-delay", "600");
        var line = await scp.Process.LineAsync(line => line.StartsWith("Checked for health on port ", StringComparison.Ordinal));
        var health = int.Parse(line.Split(' ')[^1], CultureInfo.InvariantCulture);
        Assert.True(await IsOpenAsync(health));

        await scp.Process.TerminateAsync();
        await Timeouts.UntilAsync(async () => !await IsOpenAsync(health), "the health port is closed");
        using var scu = await LocalScu.AssociateAsync(scp.EndPoint.Port);

        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
        Assert.False(scp.Process.HasExited);
    }

    [Theory]
    [InlineData("EchoScp", "--drain", "-1")]
    [InlineData("EchoScp", "--drain", "2147484")]
    [InlineData("EchoScp", "--drain-delay", "-1")]
    [InlineData("EchoScp", "--backlog", "-1")]
    [InlineData("EchoScp", "--port", "65536")]
    [InlineData("QueryRetrieveScp", "--max-work", "0")]
    public async Task Scp_NumberThatNobodyCouldUse_DoesNotStart(string sample, string option, string value)
    {
        await using var scp = Sample.Start(sample, option, value);

        await scp.ExitAsync(1);

        Assert.Contains($"'{value}' is no whole number", scp.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StoreScp_AfterTheDelay_Ends()
    {
        await using var scp = await Sample.StartScpOnItsOwnPortAsync("StoreScp", "--out", _folder.Path, "--health-port", "0", "--drain-delay", "1");

        await scp.StopAsync();

        Assert.False(await IsOpenAsync(scp.EndPoint.Port));
    }

    [Fact]
    public async Task StoreScp_TwoProcessesSharingAPort_BothServe()
    {
        await using var first = await Sample.StartScpAsync("StoreScp", "--out", _folder.Path, "--share-port");
        await using var second = await Sample.ListeningAsync(Sample.Start(
            "StoreScp", "--host", "127.0.0.1", "--ip", "4", "--port", first.Port, "--out", _folder.Path, "--share-port"));

        await first.StopAsync();
        using var scu = await LocalScu.AssociateAsync(second.EndPoint.Port);

        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
        scu.Dispose();
        await second.StopAsync();
    }

    private RunningProcess Activate(string sample, int port, string name, params string[] options) => RunningProcess.Start(
        Require.Tool("systemd", "systemd-socket-activate"),
        [
            "--listen", $"127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}",
            .. Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(key => key.StartsWith("DOTNET", StringComparison.Ordinal)).Select(key => $"--setenv={key}"),
            .. name.Length == 0 ? Array.Empty<string>() : [$"--fdname={name}"],
            FileOf("dotnet"), Sample.PathOf(sample),
            .. sample == "StoreScp" ? ["--out", _folder.Path] : new[] { $"--Store:Folder={_folder.Path}" },
            .. options,
        ]);

    private static string FileOf(string program) => Require.Tool(program, program);

    private static async Task<bool> IsOpenAsync(int port)
    {
        using var check = new TcpClient();
        try
        {
            await check.ConnectAsync(IPAddress.Loopback, port).WithTimeout();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
