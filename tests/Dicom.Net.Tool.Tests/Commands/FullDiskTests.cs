using System.Globalization;
using Dicom.Net.Tests.Support;
using Dicom.Net.Tool.Output;
using Dicom.Net.Tool.Tests.Support;
using Spectre.Console;

namespace Dicom.Net.Tool.Tests.Commands;

/// <summary>What is said cannot be written: the exit code says it, or what it would have said anyhow.</summary>
public sealed class FullDiskTests
{
    [Theory]
    [InlineData("echo HOST PORT --json", 9)]
    [InlineData("echo HOST PORT", 9)]
    [InlineData("find HOST PORT --json", 9)]
    [InlineData("find HOST PORT", 9)]
    [InlineData("echo --json", 2)]
    [InlineData("echo --help", 9)]
    [InlineData("completion bash", 9)]
    public async Task Output_ToAFullDisk_EndsWithoutACrash(string line, int code)
    {
        using var peer = ToolPeer.With(handlers => handlers.OnCFind((_, _) => AsyncEnumerable.Empty<DicomDataSet>()));

        var (ended, _) = await RunAsync(peer, line);

        Assert.Equal(code, ended);
    }

    [Theory]
    [InlineData("echo HOST PORT")]
    [InlineData("echo HOST PORT --json")]
    public async Task Output_ToAFullDisk_LeavesAnotherFailureItsCode(string line)
    {
        using var peer = ToolPeer.Rejecting();

        var (ended, error) = await RunAsync(peer, line);

        Assert.Equal((int)ExitCode.Rejected, ended);
        Assert.Contains("1/1/1", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("echo HOST PORT", 4)]
    [InlineData("echo --json", 2)]
    [InlineData("ecko HOST PORT", 2)]
    public async Task Errors_ToAFullDiskToo_EndWithoutACrash(string line, int code)
    {
        using var peer = ToolPeer.Rejecting();
        using var full = new FullWriter();

        Assert.Equal(code, await RunAsync(peer, line, full));
    }

    private static async Task<(int Code, string Error)> RunAsync(DicomNet peer, string line)
    {
        using var error = new WatchedWriter();
        var code = await RunAsync(peer, line, error);
        return (code, error.Text);
    }

    private static async Task<int> RunAsync(DicomNet peer, string line, TextWriter error)
    {
        using var full = new FullWriter();
        var port = peer.HostPort.ToString(CultureInfo.InvariantCulture);
        string[] arguments = [.. line.Split(' ').Select(word => word switch { "HOST" => "127.0.0.1", "PORT" => port, _ => word })];
        var terminal = new Terminal(On(full), On(error), IsTerminal: false);
        return await new DicomNetTool(terminal).RunAsync(arguments, TestContext.Current.CancellationToken).WithTimeout();
    }

    private static IAnsiConsole On(TextWriter writer) =>
        AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(writer), Ansi = AnsiSupport.No, Interactive = InteractionSupport.No });
}
