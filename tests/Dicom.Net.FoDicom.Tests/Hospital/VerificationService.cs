using System.Text;
using FellowOakDicom.Network;
using Microsoft.Extensions.Logging;

namespace Hospital;

/// <summary>The least service of fo-dicom's: it accepts every context and answers C-ECHO alone.</summary>
public class VerificationService(INetworkStream stream, Encoding fallbackEncoding, ILogger log, DicomServiceDependencies dependencies)
    : DicomService(stream, fallbackEncoding, log, dependencies), IDicomServiceProvider, IDicomCEchoProvider
{
    protected Archive Archive => (Archive)UserState;

    public Task OnReceiveAssociationRequestAsync(DicomAssociation association)
    {
        foreach (var context in association.PresentationContexts)
        {
            context.AcceptTransferSyntaxes([.. context.GetTransferSyntaxes()]);
        }

        return SendAssociationAcceptAsync(association);
    }

    public Task OnReceiveAssociationReleaseRequestAsync() => SendAssociationReleaseResponseAsync();

    public void OnReceiveAbort(DicomAbortSource source, DicomAbortReason reason) => Archive.Told.Enqueue("Abort");

    public void OnConnectionClosed(Exception exception) => Archive.Told.Enqueue("Closed");

    public async Task<DicomCEchoResponse> OnCEchoRequestAsync(DicomCEchoRequest request)
    {
        Archive.Told.Enqueue("Echo");
        await Archive.EchoMayEnd;
        return new(request, DicomStatus.Success);
    }
}
