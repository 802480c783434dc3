using System.Globalization;

namespace Dicom.Net.Benchmarks.Processes;

/// <summary>The neutral load tools: dgen the client, dsink the server, mkset.py the maker of files.</summary>
internal sealed class LoadTools : IDisposable
{
    // Arbitrary: a run takes seconds; the slowest server met needs half a minute for what is sent to warm it up.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly ScratchFolder? _built;

    private LoadTools(string sources, ScratchFolder? built)
    {
        var binaries = built?.Path ?? sources;
        Dgen = Path.Combine(binaries, "dgen");
        Dsink = Path.Combine(binaries, "dsink");
        Mkset = Path.Combine(sources, "mkset.py");
        _built = built;
    }

    public string Dgen { get; }

    public string Dsink { get; }

    private string Mkset { get; }

    /// <summary>Finds the tools in a folder, or builds them from the sources there. The folder itself is never written to.</summary>
    public static async Task<LoadTools> PrepareAsync(DirectoryInfo folder, CancellationToken cancelled)
    {
        if (File.Exists(Path.Combine(folder.FullName, "dgen")) && File.Exists(Path.Combine(folder.FullName, "dsink")))
        {
            return new(folder.FullName, built: null);
        }

        if (!File.Exists(Path.Combine(folder.FullName, "Makefile")))
        {
            throw new BenchmarkException($"{folder} has neither dgen and dsink nor a Makefile to build them: pass --tools FOLDER.");
        }

        var built = ScratchFolder.In(Path.GetTempPath());
        try
        {
            foreach (var source in folder.EnumerateFiles())
            {
                source.CopyTo(Path.Combine(built.Path, source.Name));
            }

            await ChildProcess.RunAsync([ProgramPath.Require("make"), "--directory", built.Path], TimeSpan.FromMinutes(2), cancelled);
            return new(folder.FullName, built);
        }
        catch
        {
            built.Dispose();
            throw;
        }
    }

    /// <summary>Runs dgen.</summary>
    /// <param name="placement">Where it runs.</param>
    /// <param name="port">The server's port.</param>
    /// <param name="arguments">What it does: see `dgen` without arguments.</param>
    /// <param name="cancelled">Ends it.</param>
    /// <exception cref="BenchmarkException">It failed, or was answered too slowly.</exception>
    public Task<LoadResult> LoadAsync(Placement placement, int port, IEnumerable<string> arguments, CancellationToken cancelled) =>
        RunAsync(placement, DgenCommand(port, arguments), cancelled);

    /// <summary>Runs a client that prints its result as dgen does.</summary>
    /// <exception cref="BenchmarkException">It failed, or was answered too slowly.</exception>
    public static async Task<LoadResult> RunAsync(Placement placement, string[] command, CancellationToken cancelled) =>
        LoadResult.Parse(await ChildProcess.RunAsync(placement.Place(command), Patience, cancelled));

    public string[] DgenCommand(int port, params IEnumerable<string> arguments) =>
        [Dgen, .. arguments, "--port", port.ToString(CultureInfo.InvariantCulture)];

    /// <summary>Makes DICOM files in a new folder: see mkset.py.</summary>
    public Task MakeFilesAsync(string folder, IEnumerable<string> kind, CancellationToken cancelled) =>
        ChildProcess.RunAsync([ProgramPath.Require("python3"), Mkset, folder, .. kind], TimeSpan.FromMinutes(5), cancelled);

    public void Dispose() => _built?.Dispose();
}
