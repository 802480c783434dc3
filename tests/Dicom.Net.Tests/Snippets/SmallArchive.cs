namespace Dicom.Net.Tests.Snippets;

/// <summary>docs/scp.md: instances that are retrieved.</summary>
internal sealed class SmallArchive(
    IReadOnlyList<(string Study, string Path)> files, IReadOnlyDictionary<string, DicomMoveDestination> destinations)
    : ICGetHandler, ICMoveHandler
{
    public ValueTask<DicomMoveDestination?> FindDestinationAsync(DicomCMoveRequest request, CancellationToken cancellationToken) =>
        new(destinations.GetValueOrDefault(request.Destination));

    public IAsyncEnumerable<DicomInstance> MoveAsync(DicomCMoveRequest request, CancellationToken cancellationToken) => Matching(request);

    public IAsyncEnumerable<DicomInstance> GetAsync(DicomCGetRequest request, CancellationToken cancellationToken) => Matching(request);

    private IAsyncEnumerable<DicomInstance> Matching(DicomRetrieveRequest request)
    {
        var study = request.Identifier.GetString(DicomTag.StudyInstanceUID);
        return files.Where(file => file.Study == study).Select(file => DicomInstance.FromFile(file.Path)).ToAsyncEnumerable();
    }
}
