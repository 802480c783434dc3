using Dicom.Net;
using Microsoft.Extensions.Logging;

namespace DicomScp;

/// <summary>Where instances are kept.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Reserve">Bytes that are left free on its disk.</param>
internal sealed record StoreSettings(string Folder, long Reserve);

/// <summary>Keeps instances in a folder. The container makes one for each association.</summary>
internal sealed partial class FolderStore(StoreSettings settings, DicomAssociationContext association, ILogger<FolderStore> log) : ICStoreStartHandler
{
    // Asked before a byte of the instance has come: what is refused here costs neither the line nor the disk.
    public ValueTask<Stream?> StartAsync(DicomCStoreRequest request, CancellationToken cancellationToken)
    {
        if (new DriveInfo(settings.Folder).AvailableFreeSpace < settings.Reserve)
        {
            Full(log, association.PeerAddress, settings.Folder);
            throw new DicomRefusalException(DicomCommandStatusType.OutOfResources, "the disk is nearly full");
        }

        return new((Stream?)null); // Kept as usual: StoreAsync has it.
    }

    public ValueTask<DicomOutcome> StoreAsync(DicomCStoreRequest request, CancellationToken cancellationToken)
    {
        // The peer's UIDs become no file names: peers choose them. Save has the instance on the disk before it is acknowledged; where it
        // throws, the peer is told that the instance was not stored.
        var path = Path.Combine(settings.Folder, $"{Guid.NewGuid()}.dcm");
        request.DataSet!.Save(path);
        Kept(log, association.PeerAddress, path);
        return new(DicomOutcome.Success);
    }

    [LoggerMessage(1, LogLevel.Information, "{Peer}: kept {Path}")]
    private static partial void Kept(ILogger log, string peer, string path);

    [LoggerMessage(2, LogLevel.Error, "{Peer}: refused, the disk of {Folder} is nearly full")]
    private static partial void Full(ILogger log, string peer, string folder);
}
