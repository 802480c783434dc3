using System.Diagnostics;

namespace Dicom.Net.Interop.Tests.Support;

/// <summary>
/// A process of ours, whose lines can be awaited. What still runs at the end of the test is killed, by its id, and with it what it has started:
/// nobody else would end the servers of a program that hangs.
/// </summary>
internal sealed class RunningProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly List<string> _lines = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private RunningProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Add(line.Data);
        process.ErrorDataReceived += (_, line) => Add(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Everything that it has written so far, both streams.</summary>
    public string Output => string.Join('\n', Lines);

    public string[] Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    public bool HasExited => _process.HasExited;

    public static RunningProcess Start(string file, params IEnumerable<string> arguments) => Start(new ProcessStartInfo(file, arguments));

    public static RunningProcess Start(ProcessStartInfo command)
    {
        command.RedirectStandardOutput = true;
        command.RedirectStandardError = true;
        return new(new Process { StartInfo = command });
    }

    /// <summary>Starts one that reads so many lines and then the end of its standard input.</summary>
    public static RunningProcess StartWithInput(ProcessStartInfo command, IEnumerable<string> lines)
    {
        command.RedirectStandardInput = true;
        var process = Start(command);
        using var input = process._process.StandardInput;
        input.Write(string.Concat(lines.Select(line => line + "\n")));
        return process;
    }

    /// <summary>Awaits a line, written already or later.</summary>
    public async Task<string> LineAsync(Func<string, bool> wanted)
    {
        using var late = new CancellationTokenSource(Timeouts.Default);
        while (true)
        {
            Task changed;
            lock (_lines)
            {
                if (_lines.Find(line => wanted(line)) is { } found)
                {
                    return found;
                }

                changed = _changed.Task;
            }

            try
            {
                await changed.WaitAsync(late.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"The line never came. There is:\n{Output}");
            }
        }
    }

    /// <summary>Awaits the end.</summary>
    /// <returns>The exit code; all lines are there.</returns>
    public Task<int> ExitAsync() => ExitAsync(Timeouts.Default);

    /// <summary>Awaits the end, for so long.</summary>
    /// <returns>The exit code; all lines are there.</returns>
    public async Task<int> ExitAsync(TimeSpan patience)
    {
        using var late = new CancellationTokenSource(patience);
        try
        {
            await _process.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"The process did not end: {Output}");
        }

        return _process.ExitCode;
    }

    /// <summary>Awaits the end, and fails with what was written if the exit code is another.</summary>
    public async Task ExitAsync(int expected) => Assert.True(await ExitAsync() == expected, $"Exit code {_process.ExitCode}:\n{Output}");

    /// <summary>SIGKILL: no goodbye to anybody.</summary>
    public void Kill() => _process.Kill();

    /// <summary>SIGTERM.</summary>
    public async Task TerminateAsync()
    {
        await using var kill = Start("kill", "-TERM", $"{_process.Id}");
        await kill.ExitAsync(0);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None).WithTimeout();
        }

        _process.Dispose();
    }

    private void Add(string? line)
    {
        lock (_lines)
        {
            if (line is not null)
            {
                _lines.Add(line);
            }

            _changed.SetResult();
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
