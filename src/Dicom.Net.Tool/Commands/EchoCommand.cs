using System.CommandLine;
using System.Diagnostics;
using Dicom.Net.Tool.Options;
using Dicom.Net.Tool.Output;

namespace Dicom.Net.Tool.Commands;

/// <summary>Asks a peer whether it answers (C-ECHO), once or again and again.</summary>
internal sealed class EchoCommand : ToolCommand
{
    private readonly PeerArguments _peer;
    private readonly Option<int> _count = Number("--count", 1, 0, int.MaxValue, "How many times to ask; 0: until Ctrl-C.");
    private readonly Option<double> _interval = Number("--interval", 1.0, 0, 86400, "Seconds between two.");

    public EchoCommand()
        : base("echo", "Asks a peer whether it answers (C-ECHO).")
    {
        _peer = new PeerArguments().AddTo(this);
        Add(_count);
        Add(_interval);
    }

    public override async Task<ToolResult> RunAsync(ParseResult arguments, ToolOutput output, CancellationToken stop)
    {
        await using var network = _peer.Open(arguments, output, Clock);
        var began = Stopwatch.GetTimestamp();
        await using var association = await _peer.OpenAsync(
            arguments, network, _peer.Request(arguments).With(DicomUids.Verification), stop);
        var opened = Stopwatch.GetElapsedTime(began);
        output.Line($"{association.RemoteEndPoint} accepts the association, {Sizes.Time(opened)}");
        var (asked, failed) = await EchoAsync(association, arguments, output, stop);
        if (association.IsOpen && !stop.IsCancellationRequested)
        {
            await association.ReleaseAsync(stop);
        }

        return Result(arguments.GetValue(_count), asked, failed) with
        {
            Facts = new
            {
                Peer = association.RemoteEndPoint.ToString(),
                AssociationMilliseconds = opened.TotalMilliseconds,
                Echoes = asked,
                Failed = failed,
            },
        };
    }

    /// <summary>An endless one is ended by Ctrl-C as it should be, if anything was answered at all.</summary>
    private static ToolResult Result(int count, int asked, int failed)
    {
        var sum = $"{failed} of {Sizes.Count(asked, "echo")} failed.";
        var isDone = count == 0 ? asked > 0 : asked == count;
        return !isDone ? new(ExitCode.Interrupted, $"Interrupted: {sum}")
            : failed > 0 ? new(ExitCode.PeerFailure, sum)
            : new(ExitCode.Ok);
    }

    private async Task<(int Asked, int Failed)> EchoAsync(
        DicomAssociation association, ParseResult arguments, ToolOutput output, CancellationToken stop)
    {
        var (count, interval) = (arguments.GetValue(_count), TimeSpan.FromSeconds(arguments.GetValue(_interval)));
        var (asked, failed) = (0, 0);
        try
        {
            while (true)
            {
                var began = Stopwatch.GetTimestamp();
                var response = await association.EchoAsync(stop);
                var time = Stopwatch.GetElapsedTime(began);
                failed += response.Status.IsSuccess() ? 0 : 1;
                output.Json("echo", new { Number = ++asked, Status = Status.Hex(response.Status), Milliseconds = time.TotalMilliseconds });
                output.Line(
                    ($"C-ECHO {asked}: ", Tone.Plain),
                    (Status.Describe(response), Status.ToneOf(response.Status)),
                    ($", {Sizes.Time(time)}", Tone.Plain));
                if (asked == count)
                {
                    break;
                }

                await Task.Delay(interval, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // What was answered before is told all the same.
        }

        return (asked, failed);
    }
}
