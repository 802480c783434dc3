namespace Dicom.Net.Interop.Tests.Support;

/// <summary>DCMTK's storescp, listening.</summary>
internal sealed class Storescp(RunningProcess process, string port) : IAsyncDisposable
{
    public RunningProcess Process => process;

    public string Port => port;

    public ValueTask DisposeAsync() => process.DisposeAsync();
}
