using Dicom.Net.Benchmarks.Processes;

namespace Dicom.Net.Benchmarks.Servers;

/// <summary>The servers of a run: each is started when it is first needed, and stays until the end.</summary>
internal sealed class ServerPool(ScratchFolder scratch) : IAsyncDisposable
{
    private readonly Dictionary<(string Name, Placement Placement), RunningServer> _servers = [];

    /// <summary>The server, running.</summary>
    /// <param name="program">Which.</param>
    /// <param name="placement">Where it runs.</param>
    /// <param name="cancelled">Ends the wait.</param>
    public async Task<RunningServer> GetAsync(ServerProgram program, Placement placement, CancellationToken cancelled)
    {
        var key = (program.Name, placement);
        if (_servers.TryGetValue(key, out var running) && !running.Process.HasEnded)
        {
            return running;
        }

        await RemoveAsync(program, placement);
        return _servers[key] = await RunningServer.StartAsync(program, placement, scratch, cancelled);
    }

    /// <summary>Ends a server, so that the next one to need it gets a new one.</summary>
    public async Task RemoveAsync(ServerProgram program, Placement placement)
    {
        if (_servers.Remove((program.Name, placement), out var running))
        {
            await running.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers.Values)
        {
            await server.DisposeAsync();
        }
    }
}
