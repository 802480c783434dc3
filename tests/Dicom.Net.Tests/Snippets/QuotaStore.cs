namespace Dicom.Net.Tests.Snippets;

/// <summary>docs/scp.md: an instance is refused before it arrives.</summary>
internal sealed class QuotaStore(string folder, long reserve) : ICStoreStartHandler
{
    public ValueTask<Stream?> StartAsync(DicomCStoreRequest request, CancellationToken cancellationToken)
    {
        if (new DriveInfo(folder).AvailableFreeSpace < reserve)
        {
            throw new DicomRefusalException(DicomCommandStatusType.OutOfResources, "the disk is nearly full");
        }

        return new((Stream?)null); // Kept as usual. A stream of yours gets the bytes as they come.
    }

    public ValueTask<DicomOutcome> StoreAsync(DicomCStoreRequest request, CancellationToken cancellationToken)
    {
        request.DataSet!.Save(Path.Combine(folder, $"{Guid.NewGuid()}.dcm"));
        return new(DicomCommandStatusType.Success);
    }
}
