using System.Security.Authentication;
using FellowOakDicom;
using FellowOakDicom.Network;
using FellowOakDicom.Network.Client;
using FellowOakDicom.Network.Tls;

namespace Hospital;

/// <summary>fo-dicom's client, asking a peer at a port of this machine for one thing after the other.</summary>
public sealed class FoScu(int port, string host = "127.0.0.1", string title = "FO-SCU", bool usesTls = false)
{
    public async Task<DicomStatus> EchoAsync()
    {
        DicomStatus? status = null;
        var request = new DicomCEchoRequest { OnResponseReceived = (_, response) => status = response.Status };
        await SendAsync(request);
        return status!;
    }

    public async Task<DicomStatus[]> StoreAsync(params string[] files)
    {
        List<DicomStatus> statuses = [];
        await SendAsync([.. files.Select(file => new DicomCStoreRequest(file) { OnResponseReceived = (_, response) => statuses.Add(response.Status) })]);
        return [.. statuses];
    }

    /// <summary>Asks for all instances.</summary>
    /// <returns>Their UIDs.</returns>
    public async Task<string[]> FindAsync()
    {
        List<string> found = [];
        var request = new DicomCFindRequest(DicomQueryRetrieveLevel.Image);
        request.Dataset.AddOrUpdate(DicomTag.SOPInstanceUID, "");
        request.OnResponseReceived = (_, response) =>
        {
            if (response.Status == DicomStatus.Pending)
            {
                found.Add(response.Dataset.GetSingleValue<string>(DicomTag.SOPInstanceUID));
            }
        };
        await SendAsync(request);
        return [.. found];
    }

    public async Task<DicomStatus> MoveAsync(string destination, string study)
    {
        DicomStatus? status = null;
        await SendAsync(new DicomCMoveRequest(destination, study) { OnResponseReceived = (_, response) => status = response.Status });
        return status!;
    }

    /// <summary>Has instances of Secondary Capture sent on this association, and saves them in a folder.</summary>
    public async Task<DicomStatus> GetAsync(string study, string folder)
    {
        DicomStatus? status = null;
        var client = Client();
        client.AdditionalPresentationContexts.Add(DicomPresentationContext.GetScpRolePresentationContext(
            DicomUID.SecondaryCaptureImageStorage, DicomTransferSyntax.ExplicitVRLittleEndian));
        client.OnCStoreRequest = async request =>
        {
            await request.File.SaveAsync(Path.Combine(folder, request.SOPInstanceUID.UID + ".dcm"));
            return new(request, DicomStatus.Success);
        };
        await client.AddRequestAsync(new DicomCGetRequest(study)
        {
            OnResponseReceived = (_, response) => status = response.Status == DicomStatus.Pending ? status : response.Status,
        });
        await client.SendAsync();
        return status!;
    }

    public async Task SendAsync(params DicomRequest[] requests)
    {
        var client = Client();
        await client.AddRequestsAsync(requests);
        await client.SendAsync();
    }

    private IDicomClient Client() => Patience.Of(usesTls
        ? DicomClientFactory.Create(host, port, Tls(), title, "ANY-SCP")
        : DicomClientFactory.Create(host, port, false, title, "ANY-SCP"));

    // Whom it trusts is not what is tested here: it asks the store of the machine, where a test has no authority.
    private static DefaultTlsInitiator Tls() => new() { IgnoreSslPolicyErrors = true, Protocols = SslProtocols.Tls12 | SslProtocols.Tls13 };
}
