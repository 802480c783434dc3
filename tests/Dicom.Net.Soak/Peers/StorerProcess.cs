using System.Diagnostics;
using System.Net;
using Dicom.Net.Soak.Instances;
using Dicom.Net.Soak.Servers;

namespace Dicom.Net.Soak.Peers;

/// <summary>An SCU in a process of its own, so that it can be killed in the midst of an instance.</summary>
internal sealed class StorerProcess : IAsyncDisposable
{
    private readonly Process _process;

    /// <summary>Starts one; what it saw acknowledged goes into the ledger.</summary>
    public StorerProcess(IPEndPoint server, Ledger ledger)
    {
        _process = new()
        {
            StartInfo = new(Programs.Dotnet, [Programs.Self, StorerCommand.Name, $"{server}"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };

        _process.OutputDataReceived += (_, line) => Note(line.Data, ledger);
        _process.ErrorDataReceived += (_, _) => { };
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>How many it saw acknowledged.</summary>
    public int Stored { get; private set; }

    /// <summary>SIGKILL.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Note(string? line, Ledger ledger)
    {
        if (line?.EndsWith(StorerCommand.Acknowledged, StringComparison.Ordinal) == true
            && SoakInstance.Of(line[..^StorerCommand.Acknowledged.Length]) is { } instance)
        {
            ledger.Add(instance);
            Stored++;
        }
    }
}
