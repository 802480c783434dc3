using Dicom.Net;
using Microsoft.Extensions.Logging;

namespace DicomScp;

/// <summary>Keeps instances in a folder. The container makes one for each association.</summary>
internal sealed partial class FolderStore(DirectoryInfo folder, DicomAssociationContext association, ILogger<FolderStore> log) : ICStoreHandler
{
    public ValueTask<DicomOutcome> StoreAsync(DicomCStoreRequest request, CancellationToken cancellationToken)
    {
        // The peer's UIDs become no file names: peers choose them. Save has the instance on the disk before it is acknowledged; where it
        // throws, the peer is told that the instance was not stored.
        var path = Path.Combine(folder.FullName, $"{Guid.NewGuid()}.dcm");
        request.DataSet!.Save(path);
        Kept(log, association.PeerAddress, path);
        return new(DicomOutcome.Success);
    }

    [LoggerMessage(1, LogLevel.Information, "{Peer}: kept {Path}")]
    private static partial void Kept(ILogger log, string peer, string path);
}
