namespace Dicom.Net.Interop.Tests.Support;

/// <summary>DCMTK's small archive, listening.</summary>
internal sealed class Dcmqrscp : IAsyncDisposable
{
    /// <summary>Its AE title.</summary>
    public const string Title = "DCMQR";

    private readonly ForeignScp _process;

    private Dcmqrscp(ForeignScp process) => _process = process;

    public string Port => _process.Port;

    public RunningProcess Process => _process.Process;

    /// <summary>Starts one on an empty store.</summary>
    /// <param name="folder">Where its store and its configuration go.</param>
    /// <param name="destinations">The AEs of this machine that it may send to, each with its port.</param>
    public static async Task<Dcmqrscp> StartAsync(TestFolder folder, params (string Title, string Port)[] destinations)
    {
        var store = folder.Sub("dcmqrscp");
        var configuration = folder.PathOf("dcmqrscp.cfg");
        var hosts = destinations.Select((destination, index) => $"host{index} = ({destination.Title}, 127.0.0.1, {destination.Port})");
        File.WriteAllText(configuration, $"""
            MaxPDUSize = 16384
            MaxAssociations = 16
            HostTable BEGIN
            {string.Join('\n', hosts)}
            HostTable END
            VendorTable BEGIN
            VendorTable END
            AETable BEGIN
            {Title} {store} RW (200, 1024mb) ANY
            AETable END

            """);
        return new(await ForeignScp.StartAsync(port => new(Require.Dcmtk("dcmqrscp"), ["-v", "-c", configuration, port])));
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
