using System.Globalization;
using System.Net;

namespace Dicom.Net.Interop.Tests.Support;

/// <summary>A sample that listens.</summary>
internal sealed class SampleScp(RunningProcess process, IPEndPoint endPoint) : IAsyncDisposable
{
    public RunningProcess Process => process;

    public IPEndPoint EndPoint => endPoint;

    public string Port => endPoint.Port.ToString(CultureInfo.InvariantCulture);

    /// <summary>Asks it to end in good order, which it must.</summary>
    public async Task StopAsync()
    {
        await process.TerminateAsync();
        await process.ExitAsync(0);
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();
}
