namespace Dicom.Net;

internal sealed class CEchoDelegate(Func<DicomCEchoRequest, CancellationToken, ValueTask<DicomOutcome>> serve) : ICEchoHandler
{
    public ValueTask<DicomOutcome> EchoAsync(DicomCEchoRequest request, CancellationToken cancellationToken) => serve(request, cancellationToken);
}

internal sealed class CStoreDelegate(Func<DicomCStoreRequest, CancellationToken, ValueTask<DicomOutcome>> serve) : ICStoreHandler
{
    public ValueTask<DicomOutcome> StoreAsync(DicomCStoreRequest request, CancellationToken cancellationToken) => serve(request, cancellationToken);
}

internal sealed class CFindDelegate(Func<DicomCFindRequest, CancellationToken, IAsyncEnumerable<DicomDataSet>> serve) : ICFindHandler
{
    public IAsyncEnumerable<DicomDataSet> FindAsync(DicomCFindRequest request, CancellationToken cancellationToken) => serve(request, cancellationToken);
}

internal sealed class CGetDelegate(Func<DicomCGetRequest, CancellationToken, IAsyncEnumerable<DicomInstance>> serve) : ICGetHandler
{
    public IAsyncEnumerable<DicomInstance> GetAsync(DicomCGetRequest request, CancellationToken cancellationToken) => serve(request, cancellationToken);
}

internal sealed class CMoveDelegate(
    Func<string, DicomMoveDestination?> findDestination, Func<DicomCMoveRequest, CancellationToken, IAsyncEnumerable<DicomInstance>> serve)
    : ICMoveHandler
{
    public ValueTask<DicomMoveDestination?> FindDestinationAsync(DicomCMoveRequest request, CancellationToken cancellationToken) =>
        new(findDestination(request.Destination));

    public IAsyncEnumerable<DicomInstance> MoveAsync(DicomCMoveRequest request, CancellationToken cancellationToken) =>
        serve(request, cancellationToken);
}

internal sealed class NEventReportDelegate(Func<DicomNEventReportRequest, CancellationToken, ValueTask<DicomOutcome>> serve) : INEventReportHandler
{
    public ValueTask<DicomOutcome> ReportAsync(DicomNEventReportRequest request, CancellationToken cancellationToken) => serve(request, cancellationToken);
}

internal sealed class NGetDelegate(Func<DicomNGetRequest, CancellationToken, ValueTask<DicomOutcome>> serve) : INGetHandler
{
    public ValueTask<DicomOutcome> GetAsync(DicomNGetRequest request, CancellationToken cancellationToken) => serve(request, cancellationToken);
}

internal sealed class NSetDelegate(Func<DicomNSetRequest, CancellationToken, ValueTask<DicomOutcome>> serve) : INSetHandler
{
    public ValueTask<DicomOutcome> SetAsync(DicomNSetRequest request, CancellationToken cancellationToken) => serve(request, cancellationToken);
}

internal sealed class NActionDelegate(Func<DicomNActionRequest, CancellationToken, ValueTask<DicomOutcome>> serve) : INActionHandler
{
    public ValueTask<DicomOutcome> ActAsync(DicomNActionRequest request, CancellationToken cancellationToken) => serve(request, cancellationToken);
}

internal sealed class NCreateDelegate(Func<DicomNCreateRequest, CancellationToken, ValueTask<DicomOutcome>> serve) : INCreateHandler
{
    public ValueTask<DicomOutcome> CreateAsync(DicomNCreateRequest request, CancellationToken cancellationToken) => serve(request, cancellationToken);
}

internal sealed class NDeleteDelegate(Func<DicomNDeleteRequest, CancellationToken, ValueTask<DicomOutcome>> serve) : INDeleteHandler
{
    public ValueTask<DicomOutcome> DeleteAsync(DicomNDeleteRequest request, CancellationToken cancellationToken) => serve(request, cancellationToken);
}
