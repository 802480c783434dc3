using System.Text;
using Dicom.Net.FoDicom;
using FellowOakDicom;
using FellowOakDicom.Network;
using Microsoft.Extensions.Logging;
using DataSetException = Dicom.Net.DataSetException;
using DicomDataSet = Dicom.Net.DicomDataSet;

namespace Hospital;

/// <summary>A storage service as those write it who use fo-dicom. Only what it keeps goes through Dicom.Net, which has it on the disk when it returns.</summary>
public class StorageService(INetworkStream stream, Encoding fallbackEncoding, ILogger log, DicomServiceDependencies dependencies)
    : DicomService(stream, fallbackEncoding, log, dependencies), IDicomServiceProvider, IDicomCEchoProvider, IDicomCStoreProvider
{
    public Task OnReceiveAssociationRequestAsync(DicomAssociation association)
    {
        foreach (var context in association.PresentationContexts)
        {
            if (context.AbstractSyntax == DicomUID.Verification || context.AbstractSyntax.StorageCategory != DicomStorageCategory.None)
            {
                context.AcceptTransferSyntaxes([.. context.GetTransferSyntaxes()]);
            }
        }

        return SendAssociationAcceptAsync(association);
    }

    public Task OnReceiveAssociationReleaseRequestAsync() => SendAssociationReleaseResponseAsync();

    public void OnReceiveAbort(DicomAbortSource source, DicomAbortReason reason)
    {
    }

    public void OnConnectionClosed(Exception exception)
    {
    }

    public Task<DicomCEchoResponse> OnCEchoRequestAsync(DicomCEchoRequest request) =>
        Task.FromResult(new DicomCEchoResponse(request, DicomStatus.Success));

    public Task<DicomCStoreResponse> OnCStoreRequestAsync(DicomCStoreRequest request)
    {
        // The UID is the peer's: DicomUID has let nothing but digits and dots through, if it is valid.
        var uid = request.SOPInstanceUID.UID;
        var status = DicomUID.IsValidUid(uid)
            ? Keep(request.File, Path.Combine((string)UserState, uid + ".dcm"))
            : DicomStatus.InvalidObjectInstance;
        return Task.FromResult(new DicomCStoreResponse(request, status));
    }

    public Task OnCStoreRequestExceptionAsync(string tempFileName, Exception e) => Task.CompletedTask;

    // The peer may delete its copy when it has seen success, and DicomFile.SaveAsync neither flushes nor minds what has the name already.
    private static DicomStatus Keep(DicomFile file, string path)
    {
        try
        {
            using var instance = file.ToDicomDataSet();
            return Keep(instance, path);
        }
        catch (Exception error) when (error is DataSetException or InvalidOperationException)
        {
            return DicomStatus.StorageCannotUnderstand;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return DicomStatus.StorageStorageOutOfResources;
        }
    }

    private static DicomStatus Keep(DicomDataSet instance, string path)
    {
        if (!File.Exists(path))
        {
            instance.Save(path);
            return DicomStatus.Success;
        }

        using (var kept = DicomDataSet.Load(path))
        {
            if (!kept.HasSameBytes(instance))
            {
                return DicomStatus.DuplicateSOPInstance;
            }
        }

        // Sent again, perhaps since this was killed before the first one was on the disk.
        instance.Save(path, overwrite: true);
        return DicomStatus.Success;
    }
}
