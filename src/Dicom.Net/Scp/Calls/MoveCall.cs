namespace Dicom.Net;

/// <summary>A C-MOVE (PS3.4 §C.4.2).</summary>
internal sealed class MoveCall(AssociationHandlers handlers, DicomCMoveRequestEventArgs question, HandlerRegistration registration)
    : RetrieveCall(handlers, question)
{
    protected override async Task ServeAsync()
    {
        var request = new DicomCMoveRequest(Handlers.Context, question, Progress);
        Query = request;
        var handler = Handlers.Get<ICMoveHandler>(registration);
        var destination = await Handlers.TimeLimit.KeepAsync(() => handler.FindDestinationAsync(request, Token)).ConfigureAwait(false)
            ?? throw new DicomRefusalException(DicomCommandStatusType.MoveDestinationUnknown, "no such destination");
        await SendAllAsync(request, handler.MoveAsync(request, Token), new MoveTarget(Handlers, request, destination))
            .ConfigureAwait(false);
    }
}
