using System.Globalization;
using Dicom.Net.Interop.Tests.Support;

namespace Dicom.Net.Interop.Tests;

/// <summary>C-ECHO with DCMTK, both ways.</summary>
public sealed class EchoTests
{
    [Fact]
    public async Task EchoScp_EchoscuOverIPv4_AnswersSuccess()
    {
        await using var scp = await Sample.StartScpAsync("EchoScp");

        await using var echoscu = await Dcmtk.RunAsync(0, "echoscu", "-v", "127.0.0.1", scp.Port);

        Assert.Contains("Received Echo Response (Success)", echoscu.Output, StringComparison.Ordinal);
        await scp.StopAsync();
        Assert.Contains("1 associations, 1 echoes", scp.Process.Lines);
    }

    [Fact]
    public async Task EchoScp_EchoscuOverIPv6_AnswersSuccess()
    {
        await using var scp = await Sample.StartIPv6ScpAsync("EchoScp");
        await using var relay = new Relay(scp.EndPoint);

        await using var echoscu = await Dcmtk.RunAsync(
            0, "echoscu", "-v", "127.0.0.1", relay.Port.ToString(CultureInfo.InvariantCulture));

        Assert.Contains("Received Echo Response (Success)", echoscu.Output, StringComparison.Ordinal);
        await scp.Process.LineAsync(line => line.StartsWith("[::1]:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task EchoScp_EchoscuCallsAnotherTitle_IsRejected()
    {
        await using var scp = await Sample.StartScpAsync("EchoScp", "--aet", "OURS");

        await using var wrong = await Dcmtk.RunAsync(1, "echoscu", "-v", "-aec", "THEIRS", "127.0.0.1", scp.Port);
        await using var right = await Dcmtk.RunAsync(0, "echoscu", "-v", "-aec", "OURS", "127.0.0.1", scp.Port);

        Assert.Contains("Rejected Permanent, Source: Service User", wrong.Output, StringComparison.Ordinal);
        Assert.Contains("Called AE Title Not Recognized", wrong.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EchoScp_EchoscuAborts_GoesOnServing()
    {
        await using var scp = await Sample.StartScpAsync("EchoScp");

        await using var aborting = await Dcmtk.RunAsync(0, "echoscu", "--abort", "127.0.0.1", scp.Port);
        await using var next = await Dcmtk.RunAsync(0, "echoscu", "127.0.0.1", scp.Port);

        await scp.Process.LineAsync(line => line.EndsWith("ended: NetAssociationAborted", StringComparison.Ordinal));
        await scp.StopAsync();
    }

    [Fact]
    public async Task EchoScu_Storescp_SaysSuccess()
    {
        using var folder = new TestFolder();
        await using var storescp = await Dcmtk.StartStorescpAsync(folder.Path);
        await using var scu = Sample.Start("EchoScu", "127.0.0.1", storescp.Port, "--trace");

        await scu.ExitAsync(0);

        Assert.Contains("0000H, success", scu.Output, StringComparison.Ordinal);
        Assert.Contains("A-RELEASE-RP", scu.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EchoScu_StorescpRefuses_SaysWhy()
    {
        using var folder = new TestFolder();
        await using var storescp = await Dcmtk.StartStorescpAsync(folder.Path, "--refuse");
        await using var scu = Sample.Start("EchoScu", "127.0.0.1", storescp.Port);

        await scu.ExitAsync(1);

        Assert.Contains("The peer rejects the association: no reason given", scu.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EchoScu_PeerThatNeverAnswers_IsGivenUp()
    {
        using var silent = new DicomNet(path: null, DicomNetSecurityMode.None);
        silent.AssociateRequestReceived += (_, e) => e.Accept(e.Association.CreateAcceptAll());
        silent.CEchoRequestReceived += (_, e) => e.Handled = true;
        silent.Listen("127.0.0.1", 0, 8).ThrowIfFailed();
        await using var scu = Sample.Start(
            "EchoScu", "127.0.0.1", silent.HostPort.ToString(CultureInfo.InvariantCulture), "--timeout", "1");

        await scu.ExitAsync(1);

        Assert.Contains("was not answered within 00:00:01", scu.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EchoScu_NobodyListens_SaysSo()
    {
        await using var scu = Sample.Start("EchoScu", "127.0.0.1", ForeignPort.FreeText());

        await scu.ExitAsync(1);

        Assert.Contains("refused", scu.Output, StringComparison.Ordinal);
    }
}
