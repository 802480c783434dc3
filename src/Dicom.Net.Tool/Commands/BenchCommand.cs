using System.CommandLine;
using System.Globalization;
using Dicom.Net.Tool.Bench;
using Dicom.Net.Tool.Options;
using Dicom.Net.Tool.Output;
using Spectre.Console;

namespace Dicom.Net.Tool.Commands;

/// <summary>Measures how fast a peer answers C-ECHO or C-STORE.</summary>
internal sealed class BenchCommand : ToolCommand
{
    // Arbitrary: what an instance of the memory of this program may take, several times over.
    private const long LargestInstance = 256 * 1024 * 1024;

    private static readonly double[] Percents = [0, 50, 90, 99, 99.9, 100];

    private readonly PeerArguments _peer;
    private readonly Option<long?> _size = new("--size")
    {
        Description = "Send made-up instances of so many bytes (C-STORE), or a number with K or M, instead of C-ECHO: they stay at the peer.",
        HelpName = "size",
        CustomParser = result => ByteSize.Parse(result),
    };

    private readonly Option<int> _associations = Number("--associations", 1, 1, 1000, "Associations at once.");
    private readonly Option<double> _seconds = Number("--seconds", 10.0, 0.1, 86400, "How long.");
    private readonly Option<long?> _count = Number<long?>("--count", null, 1, long.MaxValue, "Operations in all, at most.");
    private readonly Option<double?> _rate = Number<double?>(
        "--rate", null, 0.001, 1e6,
        "Operations a second in all; times then count from when each was due. Default: as fast as the peer answers.");

    public BenchCommand()
        : base("bench", "Measures how fast a peer answers C-ECHO or C-STORE.")
    {
        _peer = new PeerArguments().AddTo(this);
        Option[] options = [_size, _associations, _seconds, _count, _rate];
        foreach (var option in options)
        {
            Add(option);
        }

        _size.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<long?>() > LargestInstance)
            {
                result.AddError("--size is at most 256M.");
            }
        });
    }

    public override async Task<ToolResult> RunAsync(ParseResult arguments, ToolOutput output, CancellationToken stop)
    {
        var size = arguments.GetValue(_size);
        var request = size is null
            ? _peer.Request(arguments).With(DicomUids.Verification)
            : _peer.Request(arguments).With(DicomUids.SecondaryCaptureImageStorage, DicomUids.ExplicitVRLittleEndian);
        await using var network = _peer.Open(arguments, output, Clock);
        var plan = new BenchPlan
        {
            Associations = arguments.GetValue(_associations),
            Duration = TimeSpan.FromSeconds(arguments.GetValue(_seconds)),
            Count = arguments.GetValue(_count),
            Rate = arguments.GetValue(_rate),
        };
        var run = new BenchRun(plan, cancelled => _peer.OpenAsync(arguments, network, request, cancelled));
        var elapsed = await output.WithProgressAsync(size is null ? "C-ECHO" : "C-STORE", async bar =>
        {
            using var done = new CancellationTokenSource();
            var showing = ShowAsync(run, plan, bar, done.Token);
            try
            {
                return await run.RunAsync(() => Operation(size), stop);
            }
            finally
            {
                await done.CancelAsync();
                await showing;
            }
        });
        var result = Tell(output, run.Measurements, elapsed, size);
        return run.IsInterrupted ? result with { Code = ExitCode.Interrupted, Message = $"Interrupted: {result.Message}" } : result;
    }

    private static Func<DicomAssociation, CancellationToken, Task<DicomResponse>> Operation(long? size)
    {
        if (size is null)
        {
            return (association, cancelled) => association.EchoAsync(cancelled);
        }

        var instances = new Instances((int)size.Value & ~1);
        return (association, cancelled) => association.StoreAsync(instances.Next(), cancellationToken: cancelled);
    }

    private static async Task ShowAsync(BenchRun run, BenchPlan plan, ProgressBar bar, CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            var count = run.Measurements.Count;
            bar.Tell(
                plan.Count is null ? Math.Min(run.Elapsed.TotalSeconds, plan.Duration.TotalSeconds) : count,
                plan.Count ?? plan.Duration.TotalSeconds,
                $"{count}");
            await Task.Delay(TimeSpan.FromMilliseconds(200), done).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static ToolResult Tell(ToolOutput output, Measurements measured, TimeSpan elapsed, long? size)
    {
        var times = measured.Percentiles(Percents);
        var rate = measured.Count / Math.Max(elapsed.TotalSeconds, 1e-6);
        var table = new Table { Border = output.HasUnicode ? TableBorder.Rounded : TableBorder.Ascii };
        foreach (var percent in Percents)
        {
            table.AddColumn(new TableColumn(ToolOutput.Cell(Title(percent), Tone.Strong)) { Alignment = Justify.Right });
        }

        table.AddRow(times.Select(time => ToolOutput.Cell(Sizes.Time(time))));
        output.Draw(table);
        if (!output.IsForPerson)
        {
            output.TabbedLine(Percents.Select(Title));
            output.TabbedLine(times.Select(Sizes.Time));
        }

        var bytes = size is null ? "" : $", {Sizes.Bytes(rate * size.Value)}/s";
        var words = string.Create(
            CultureInfo.InvariantCulture,
            $"{measured.Count} {(size is null ? "C-ECHO" : "C-STORE")} in {Sizes.Time(elapsed)}: {rate:F0}/s{bytes}; {measured.Failed} failed");
        return Result(measured, times, elapsed, rate, measured.Error is { } error ? $"{words}. {error.Message}" : words);
    }

    private static ToolResult Result(Measurements measured, TimeSpan[] times, TimeSpan elapsed, double rate, string words)
    {
        var code = measured.Error is { } error ? Failure.CodeOf(error) : measured.Failed > 0 ? ExitCode.PeerFailure : ExitCode.Ok;
        return new(code, words)
        {
            Facts = new
            {
                Operations = measured.Count,
                measured.Failed,
                Seconds = elapsed.TotalSeconds,
                PerSecond = rate,
                Milliseconds = Percents.Zip(times).ToDictionary(at => Title(at.First), at => at.Second.TotalMilliseconds),
            },
        };
    }

    private static string Title(double percent) => percent switch
    {
        0 => "least",
        50 => "median",
        100 => "most",
        _ => string.Create(CultureInfo.InvariantCulture, $"{percent}%"),
    };
}
