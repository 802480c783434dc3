using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Dicom.Net.Soak.Servers;

/// <summary>A sample that listens, in a process of its own, which does not outlive this object.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    // To start, or to end after SIGTERM with its drain time. Arbitrary: a busy machine takes a minute.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly TaskCompletionSource<IPEndPoint> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string _lastComplaint = "";

    private ServerProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => ReadComplaint(line.Data ?? "");
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public IPEndPoint EndPoint => _listening.Task.Result;

    /// <summary>
    /// Once it has ended: how many clients it did not wait for, because they had not ended seconds after it had closed them. On a busy machine that
    /// is no fault; each may leave a part of an instance.
    /// </summary>
    public int LeftBehind { get; private set; }

    /// <summary>Starts a sample at a free port of the loopback interface.</summary>
    /// <exception cref="SoakException">It does not listen.</exception>
    public static Task<ServerProcess> StartAsync(string name, params string[] options) => StartAsync([], IPAddress.Loopback, name, options);

    /// <summary>Starts one at a free port of an address, by a command that comes before: <c>nsenter</c>, say.</summary>
    /// <exception cref="SoakException">It does not listen.</exception>
    public static async Task<ServerProcess> StartAsync(string[] before, IPAddress host, string name, params string[] options)
    {
        string[] command =
        [
            .. before, Programs.Dotnet, Programs.Sample(name), "--host", $"{host}", "--ip", "4", "--port", "0", "--drain", "1", .. options,
        ];
        var server = new ServerProcess(new()
        {
            StartInfo = new(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true },
        });
        try
        {
            await server._listening.Task.WaitAsync(Patience);
            return server;
        }
        catch (Exception error) when (error is TimeoutException or IOException)
        {
            await server.DisposeAsync();
            throw new SoakException($"{name} does not listen: {server._lastComplaint}");
        }
    }

    /// <summary>SIGKILL: no goodbye to anybody.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, which it must obey in good order.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    // Such as "warn: Dicom.Net[3017] Clients that have not ended …, and are not waited for any longer: 2".
    private void ReadComplaint(string line)
    {
        _lastComplaint = line.Length > 0 ? line : _lastComplaint;
        if (line.Split(" not waited for any longer: ") is [_, var count])
        {
            LeftBehind += int.Parse(count, CultureInfo.InvariantCulture);
        }
    }

    private void Read(string? line)
    {
        const string announcement = "Listening on ";
        if (line is null)
        {
            _listening.TrySetException(new IOException("The process has ended."));
        }
        else if (line.StartsWith(announcement, StringComparison.Ordinal))
        {
            _listening.TrySetResult(IPEndPoint.Parse(line[announcement.Length..]));
        }
    }
}
