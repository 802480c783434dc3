namespace Dicom.Net.Interop.Tests.Support;

/// <summary>A peer that the tests of a class share. The first that asks starts it: where it is not installed, each test says so.</summary>
public sealed class Shared<TPeer> : IAsyncDisposable
    where TPeer : IPeer<TPeer>
{
    private readonly Lazy<Task<TPeer>> _peer = new(TPeer.StartAsync);

    public Task<TPeer> StartedAsync() => _peer.Value;

    public async ValueTask DisposeAsync()
    {
        if (_peer is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            await (await _peer.Value).DisposeAsync();
        }
    }
}
