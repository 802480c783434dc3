using System.Diagnostics;
using System.Globalization;
using Dicom.Net.Benchmarks.Processes;

namespace Dicom.Net.Benchmarks.Scu;

/// <summary>A way to send the files of a folder, and how its rate is found.</summary>
/// <param name="Heading">The heading of its column.</param>
/// <param name="MeasureAsync">Sends them.</param>
internal sealed record SendingProgram(string Heading, Func<SendingTask, Task<LoadResult>> MeasureAsync)
{
    /// <summary>Whether this is another implementation's tool, of which only the time from its start to its end is known.</summary>
    public bool IsForeignTool { get; private init; }

    // Arbitrary: a run takes seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>dgen, which has read the files before its clock starts.</summary>
    public static SendingProgram Dgen(LoadTools tools) => new("dgen", task => ByItsOwnClockAsync(
        task,
        tools.DgenCommand(task.Port, "store", "--dir", task.Folder, "--warm", Text(task.Set.WarmUp), "-m", Text(task.Set.Sent))));

    /// <summary>Our library by the same clock: from the first request of a standing association to the last response.</summary>
    public static SendingProgram Ours { get; } = new("Dicom.Net, from files", task => ByItsOwnClockAsync(task, OurCommand(task)));

    /// <summary>The same without files: dgen has them in memory, too.</summary>
    public static SendingProgram OursInMemory { get; } = new(
        "Dicom.Net, from memory", task => ByItsOwnClockAsync(task, [.. OurCommand(task), "--in-memory"]));

    /// <summary>Our library as a tool that is started for the job, each file once.</summary>
    public static SendingProgram OursAsTool { get; } = new("Dicom.Net, whole process", task => AsToolAsync(
        task, Self.Command("send", "--port", Text(task.Port), "--dir", task.Folder)));

    /// <summary>It proposes what the files need, not all it knows: dsink takes no request that long.</summary>
    public static SendingProgram? Storescu { get; } = ProgramPath.Find("storescu") is not { } path
        ? null
        : new("storescu, whole process", task => AsToolAsync(
            task, path, "--required", "--max-pdu", "131072", "--scan-directories", "127.0.0.1", Text(task.Port), task.Folder))
        {
            IsForeignTool = true,
        };

    public static SendingProgram? Dcmsend { get; } = ProgramPath.Find("dcmsend") is not { } path
        ? null
        : new("dcmsend, whole process", task => AsToolAsync(
            task, path, "--max-pdu", "131072", "--scan-directories", "127.0.0.1", Text(task.Port), task.Folder))
        {
            IsForeignTool = true,
        };

    private static string[] OurCommand(SendingTask task) => Self.Command(
        "send", "--port", Text(task.Port), "--dir", task.Folder, "--warm", Text(task.Set.WarmUp), "--count", Text(task.Set.Sent));

    private static async Task<LoadResult> ByItsOwnClockAsync(SendingTask task, params string[] command) =>
        LoadResult.Parse(await ChildProcess.RunAsync(task.Placement.Place(command), Patience, task.Cancelled));

    private static async Task<LoadResult> AsToolAsync(SendingTask task, params string[] command)
    {
        var start = Stopwatch.GetTimestamp();
        await using var child = ChildProcess.Start(task.Placement.Place(command), ("TCP_NODELAY", "1"));
        await child.EndAsync(Patience, task.Cancelled);
        return LoadResult.Of(task.Set.Files, Stopwatch.GetElapsedTime(start));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What is to be sent, and where to.</summary>
internal sealed record SendingTask(FileSet Set, string Folder, Placement Placement, int Port, CancellationToken Cancelled);
