namespace Dicom.Net.Interop.Tests.Support;

/// <summary>PixelMed's storage SCP, which verifies too.</summary>
public sealed class PixelMedScp : IPeer<PixelMedScp>
{
    private readonly TestFolder _folder;
    private readonly ForeignScp _scp;

    private PixelMedScp(TestFolder folder, ForeignScp scp)
    {
        _folder = folder;
        _scp = scp;
    }

    public string Port => _scp.Port;

    /// <summary>What it has kept, each in a file named by its SOP Instance UID.</summary>
    public string PathOf(string instance) => _folder.PathOf(instance);

    public static async Task<PixelMedScp> StartAsync()
    {
        Require.PixelMedClassPath();
        var folder = new TestFolder();
        return new(folder, await ForeignScp.StartAsync(
            port => PixelMed.Command("StorageSOPClassSCPDispatcher", port, PixelMed.Title, folder.Path)));
    }

    public async ValueTask DisposeAsync()
    {
        await _scp.DisposeAsync();
        _folder.Dispose();
    }
}
