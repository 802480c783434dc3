namespace Dicom.Net.Samples.Tests.QueryRetrieveScp;

/// <summary>An archive in a folder of its own, with one instance: CT, 1.2.1.1.1.</summary>
public abstract class ArchiveOfOne : IDisposable
{
    protected ArchiveOfOne()
    {
        Archive = Archive.Open(Folder.Folder, new StoragePolicy());
        using var instance = TestInstance.Make(1, 1, 1);
        Archive.Keep(instance);
    }

    private protected TestFolder Folder { get; } = new();

    private protected Archive Archive { get; }

    public void Dispose()
    {
        Archive.Dispose();
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }
}
