namespace Dicom.Net;

/// <summary>A C-GET (PS3.4 §C.4.3).</summary>
internal sealed class GetCall(AssociationHandlers handlers, DicomCGetRequestEventArgs question, HandlerRegistration registration)
    : RetrieveCall(handlers, question)
{
    protected override Task ServeAsync()
    {
        var request = new DicomCGetRequest(Handlers.Context, question, Progress);
        Query = request;
        var instances = Handlers.Get<ICGetHandler>(registration).GetAsync(request, Token);
        return SendAllAsync(request, instances, new GetTarget(Handlers));
    }
}
