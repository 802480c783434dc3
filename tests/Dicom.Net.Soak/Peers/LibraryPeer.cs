using System.Net;
using Dicom.Net.Samples;
using Dicom.Net.Soak.Instances;

namespace Dicom.Net.Soak.Peers;

/// <summary>An SCU that is written with the library.</summary>
internal sealed class LibraryPeer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly StepwiseScu _scu;
    private byte _context;

    private LibraryPeer(DicomTlsOptions? tls) => _scu = new(new DicomNetOptions { Tls = tls });

    public static async Task<LibraryPeer> AssociatedAsync(
        IPEndPoint server, DicomTlsOptions? tls = null, string abstractSyntax = SoakInstance.SopClass, IPAddress? from = null)
    {
        var peer = new LibraryPeer(tls);
        try
        {
            await peer._scu.ConnectAsync(server.Address.ToString(), server.Port, IpType.IPv4, from?.ToString()).WaitAsync(Patience);
            var request = new DicomAssociate(request: true) { Calling = "SOAKING", Called = "SOAKED" };
            peer._context = request.Propose(abstractSyntax, DicomUids.ExplicitVRLittleEndian);
            await peer._scu.AssociateAsync(request).WaitAsync(Patience);
            return peer;
        }
        catch
        {
            peer.Dispose();
            throw;
        }
    }

    /// <exception cref="SoakException">The answer is not success.</exception>
    public async Task StoreAsync(SoakInstance instance) => Require((DicomCommandStatusType)await TryStoreAsync(instance));

    /// <returns>The answer's status.</returns>
    public async Task<int> TryStoreAsync(SoakInstance instance)
    {
        using var dataSet = instance.ToDataSet();
        return (int)await _scu.StoreAsync(_context, SoakInstance.SopClass, instance.Uid, dataSet).WaitAsync(Patience);
    }

    /// <summary>The UIDs of all instances of the soak that an archive has in its index.</summary>
    /// <exception cref="SoakException">The answer is not success.</exception>
    public async Task<HashSet<string>> FindAllAsync()
    {
        using var identifier = new DicomDataSet(DicomUids.ExplicitVRLittleEndian);
        identifier.Set(DicomTag.QueryRetrieveLevel, "IMAGE");
        identifier.Set(DicomTag.StudyInstanceUID, SoakInstance.Study);
        identifier.Set(DicomTag.SeriesInstanceUID, SoakInstance.Series);
        identifier.Set(DicomTag.SOPInstanceUID, "");
        var found = new HashSet<string>();
        Require(await _scu.FindAsync(
            _context, DicomUids.StudyRootFind, identifier, match => found.Add(match.GetString(DicomTag.SOPInstanceUID)!)));
        return found;
    }

    /// <summary>Has instances sent to a destination.</summary>
    /// <exception cref="SoakException">The answer is not success.</exception>
    public async Task MoveAsync(string destination, string[] uids)
    {
        using var identifier = new DicomDataSet(DicomUids.ExplicitVRLittleEndian);
        identifier.Set(DicomTag.QueryRetrieveLevel, "IMAGE");
        identifier.Set(DicomTag.StudyInstanceUID, SoakInstance.Study);
        identifier.Set(DicomTag.SeriesInstanceUID, SoakInstance.Series);
        identifier.Set(DicomTag.SOPInstanceUID, uids);
        Require(await _scu.MoveAsync(_context, DicomUids.StudyRootMove, destination, identifier, _ => { }));
    }

    public Task ReleaseAsync() => _scu.ReleaseAsync().WaitAsync(Patience);

    public void Dispose() => _scu.Dispose();

    private static void Require(DicomCommandStatusType status)
    {
        if (status != DicomCommandStatusType.Success)
        {
            throw new SoakException($"Answered with {Words.Status(status)}");
        }
    }
}
