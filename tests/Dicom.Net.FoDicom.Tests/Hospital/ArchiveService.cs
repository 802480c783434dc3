using System.Text;
using FellowOakDicom;
using FellowOakDicom.Network;
using FellowOakDicom.Network.Client;
using Microsoft.Extensions.Logging;

namespace Hospital;

/// <summary>An archive, as those write it who use fo-dicom.</summary>
public class ArchiveService(INetworkStream stream, Encoding fallbackEncoding, ILogger log, DicomServiceDependencies dependencies)
    : VerificationService(stream, fallbackEncoding, log, dependencies),
        IDicomCStoreProvider, IDicomCFindProvider, IDicomCMoveProvider, IDicomCGetProvider
{
    public async Task<DicomCStoreResponse> OnCStoreRequestAsync(DicomCStoreRequest request)
    {
        await request.File.SaveAsync(Path.Combine(Archive.Folder, request.SOPInstanceUID.UID + ".dcm"));
        return new(request, DicomStatus.Success);
    }

    public Task OnCStoreRequestExceptionAsync(string tempFileName, Exception e) => Task.CompletedTask;

    public async IAsyncEnumerable<DicomCFindResponse> OnCFindRequestAsync(DicomCFindRequest request)
    {
        foreach (var file in Archive.Files)
        {
            var instance = (await DicomFile.OpenAsync(file)).Dataset;
            yield return new(request, DicomStatus.Pending)
            {
                Dataset = new DicomDataset
                {
                    { DicomTag.QueryRetrieveLevel, "IMAGE" },
                    { DicomTag.SOPInstanceUID, instance.GetSingleValue<string>(DicomTag.SOPInstanceUID) },
                },
            };
        }

        yield return new(request, DicomStatus.Success);
    }

    public async IAsyncEnumerable<DicomCGetResponse> OnCGetRequestAsync(DicomCGetRequest request)
    {
        var files = Archive.Files;
        foreach (var file in files)
        {
            await SendRequestAsync(new DicomCStoreRequest(file));
        }

        yield return new(request, DicomStatus.Success) { Completed = files.Length };
    }

    public async IAsyncEnumerable<DicomCMoveResponse> OnCMoveRequestAsync(DicomCMoveRequest request)
    {
        if (!Archive.Destinations.TryGetValue(request.DestinationAE, out var port))
        {
            yield return new(request, DicomStatus.QueryRetrieveMoveDestinationUnknown);
            yield break;
        }

        var files = Archive.Files;
        var client = Patience.Of(DicomClientFactory.Create("127.0.0.1", port, false, "ARCHIVE", request.DestinationAE));
        foreach (var file in files)
        {
            await client.AddRequestAsync(new DicomCStoreRequest(file));
        }

        yield return new(request, DicomStatus.Pending) { Remaining = files.Length };
        await client.SendAsync();
        yield return new(request, DicomStatus.Success) { Completed = files.Length };
    }
}
