using System.Diagnostics;
using System.Threading.Channels;

namespace Dicom.Net.Benchmarks.Processes;

/// <summary>A process that we started, and that does not outlive its owner.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _name;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private string _lastComplaint = "";

    private ChildProcess(Process process, string name)
    {
        _process = process;
        _name = name;
        process.OutputDataReceived += (_, e) => Deliver(e.Data);
        process.ErrorDataReceived += (_, e) => _lastComplaint = string.IsNullOrWhiteSpace(e.Data) ? _lastComplaint : e.Data;
    }

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    /// <summary>Starts a command; what it prints is read from then on, so that it never blocks on a full pipe.</summary>
    public static ChildProcess Start(IReadOnlyList<string> command, params IEnumerable<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var child = new ChildProcess(new() { StartInfo = start }, string.Join(' ', command));
        child._process.Start();
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Runs a command to its end.</summary>
    /// <returns>The lines that it printed.</returns>
    /// <exception cref="BenchmarkException">It failed, or did not end in time.</exception>
    public static async Task<IReadOnlyList<string>> RunAsync(IReadOnlyList<string> command, TimeSpan patience, CancellationToken cancelled)
    {
        await using var child = Start(command);
        return await child.EndAsync(patience, cancelled);
    }

    /// <summary>Waits for a process that ends by itself.</summary>
    /// <returns>The lines that it printed and that nobody has read.</returns>
    /// <exception cref="BenchmarkException">It failed, or did not end in time.</exception>
    public async Task<IReadOnlyList<string>> EndAsync(TimeSpan patience, CancellationToken cancelled)
    {
        await WithinAsync(patience, _process.WaitForExitAsync, cancelled);
        if (_process.ExitCode != 0)
        {
            throw Failed($"ended with {_process.ExitCode}");
        }

        return await _lines.Reader.ReadAllAsync(cancelled).ToListAsync(cancelled);
    }

    /// <summary>The next line that the process prints.</summary>
    /// <exception cref="BenchmarkException">None came in time, or the process has ended.</exception>
    public async Task<string> ReadLineAsync(TimeSpan patience, CancellationToken cancelled)
    {
        string? line = null;
        await WithinAsync(
            patience,
            async token => line = await _lines.Reader.WaitToReadAsync(token) ? await _lines.Reader.ReadAsync(token) : null,
            cancelled);
        return line ?? throw Failed("ended");
    }

    public async Task WriteLineAsync(string line, CancellationToken cancelled)
    {
        await _process.StandardInput.WriteLineAsync(line.AsMemory(), cancelled);
        await _process.StandardInput.FlushAsync(cancelled);
    }

    /// <summary>Ends the process if it still runs, with those that it started itself.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private void Deliver(string? line)
    {
        if (line is null)
        {
            _lines.Writer.TryComplete();
        }
        else
        {
            _lines.Writer.TryWrite(line);
        }
    }

    private async Task WithinAsync(TimeSpan patience, Func<CancellationToken, Task> step, CancellationToken cancelled)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        deadline.CancelAfter(patience);
        try
        {
            await step(deadline.Token);
        }
        catch (OperationCanceledException) when (!cancelled.IsCancellationRequested)
        {
            throw Failed($"did not answer or end within {patience.TotalSeconds:F0} s");
        }
    }

    private BenchmarkException Failed(string how) =>
        new($"`{_name}` {how}: {(_lastComplaint is "" ? "it did not say why" : _lastComplaint)}");
}
