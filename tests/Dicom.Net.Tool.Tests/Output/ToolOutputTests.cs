using Dicom.Net.Tests.Support;
using Dicom.Net.Tool.Output;
using Dicom.Net.Tool.Tests.Support;
using Spectre.Console;

namespace Dicom.Net.Tool.Tests.Output;

public sealed class ToolOutputTests
{
    [Fact]
    public async Task WithView_LinesOfManyThreadsWhileItIsDrawn_AllComeAndNobodyWaitsForEver()
    {
        var writer = new WatchedWriter();
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(writer), Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.No });
        var output = new ToolOutput(new(console, console, IsTerminal: true), isJson: false);

        await output.WithViewAsync(() => new Text("view"), redraw => Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
        {
            for (var number = 0; number < 200; number++)
            {
                redraw();
                output.Line($"line {thread}.{number}!");
            }
        })))).WithTimeout(TimeSpan.FromSeconds(60));

        Assert.All(Enumerable.Range(0, 4), thread => Assert.Contains($"line {thread}.199!", writer.Text, StringComparison.Ordinal));
    }
}
