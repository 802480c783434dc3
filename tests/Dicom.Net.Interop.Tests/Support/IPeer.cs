namespace Dicom.Net.Interop.Tests.Support;

/// <summary>A foreign peer that listens, and takes so long to start that the tests of a class share one.</summary>
public interface IPeer<TPeer> : IAsyncDisposable
{
    static abstract Task<TPeer> StartAsync();
}
