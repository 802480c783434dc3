using System.Net;
using Dicom.Net.Samples;
using Dicom.Net.Soak.Instances;

namespace Dicom.Net.Soak.Peers;

/// <summary>An SCU that is written with the library.</summary>
internal sealed class LibraryPeer : IDisposable
{
    // As long as RawPeer's.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly DicomAssociation _association;

    private LibraryPeer(DicomAssociation association) => _association = association;

    public static async Task<LibraryPeer> AssociatedAsync(
        IPEndPoint server, DicomTlsOptions? tls = null, string abstractSyntax = SoakInstance.SopClass, IPAddress? from = null)
    {
        var association = DicomAssociation.OpenAsync(
            server.Address.ToString(),
            server.Port,
            new DicomAssociationRequest("SOAKING", "SOAKED").With(abstractSyntax, DicomUids.ExplicitVRLittleEndian),
            new() { Network = new() { Tls = tls }, ThrowsOnFailure = false, ClientAddress = from?.ToString() });
        return new(await association.WaitAsync(Patience));
    }

    /// <exception cref="SoakException">The answer is not success.</exception>
    public async Task StoreAsync(SoakInstance instance) => Require((DicomCommandStatusType)await TryStoreAsync(instance));

    /// <returns>The answer's status.</returns>
    public async Task<int> TryStoreAsync(SoakInstance instance)
    {
        using var dataSet = instance.ToDataSet();
        return (int)(await _association.StoreAsync(dataSet).WaitAsync(Patience)).Status;
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
        var matches = _association.FindAsync(DicomUids.StudyRootFind, identifier);
        await foreach (var match in matches)
        {
            found.Add(match.GetString(DicomTag.SOPInstanceUID)!);
        }

        Require(matches.Response!.Status);
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
        Require((await _association.MoveAsync(DicomUids.StudyRootMove, destination, identifier)).Status);
    }

    public Task ReleaseAsync() => _association.ReleaseAsync().WaitAsync(Patience);

    /// <summary>Aborts, unless it was released.</summary>
    public void Dispose() => _association.Abort();

    private static void Require(DicomCommandStatusType status)
    {
        if (status != DicomCommandStatusType.Success)
        {
            throw new SoakException($"Answered with {Words.Status(status)}");
        }
    }
}
