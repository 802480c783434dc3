using System.Diagnostics;
using System.Globalization;
using Dicom.Net.Soak.Mixture;
using Dicom.Net.Soak.Servers;

namespace Dicom.Net.Soak.Rabble;

/// <summary>
/// The bad peers, in a process of their own: what they use of the machine is not taken from the good ones' process, and they can all be
/// killed in the midst of what they do.
/// </summary>
internal sealed class RabbleProcess : IAsyncDisposable
{
    private readonly Process _process;
    private string _output = "";
    private long _deeds;

    private RabbleProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => _output += line.Data;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public bool HasExited => _process.HasExited;

    public string Output => _output;

    /// <summary>How many they have done so far.</summary>
    public long Deeds => Interlocked.Read(ref _deeds);

    public static RabbleProcess Start(SoakedServers servers, int pause) => new(new()
    {
        // Nice: they would be on other machines, and take nothing of the server's processors.
        StartInfo = new(
            "nice",
            [
                "-n", "15", Programs.Dotnet, Programs.Self, RabbleCommand.Name, "--plain", $"{servers.Plain.EndPoint.Port}",
                "--secure", $"{servers.Secure.EndPoint.Port}", "--pause", $"{pause}",
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        },
    });

    /// <summary>SIGKILL.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Read(string? line)
    {
        if (long.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var deeds))
        {
            Interlocked.Exchange(ref _deeds, deeds);
        }
    }
}
