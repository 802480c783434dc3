namespace Dicom.Net;

/// <summary>A C-FIND (PS3.4 §C.4.1): a pending response for each match, as fast as the peer takes them, and a final one.</summary>
internal sealed class FindCall(AssociationHandlers handlers, DicomCFindRequestEventArgs question, HandlerRegistration registration)
    : ServiceCall(handlers, question)
{
    public override bool TakesItsTime => true;

    protected override async Task ServeAsync()
    {
        var request = new DicomCFindRequest(Handlers.Context, question);
        Query = request;
        var matches = Handlers.Get<ICFindHandler>(registration).FindAsync(request, Token);
        await foreach (var match in Handlers.TimeLimit.KeepAsync(matches).ConfigureAwait(false))
        {
            await Handlers.Net.ReadyToSendAsync(Token).ConfigureAwait(false);
            Token.ThrowIfCancellationRequested();
            var status = request.HasUnsupportedKeys ? DicomCommandStatusType.PendingWarning : DicomCommandStatusType.Pending;
            if (!await SendAsync((question, status, match), static found => found.question.Respond(found.status, found.match)).ConfigureAwait(false))
            {
                return;
            }
        }

        Token.ThrowIfCancellationRequested();
        await AnswerAsync(DicomCommandStatusType.Success).ConfigureAwait(false);
    }

    protected override DicomNetResult Answer(DicomCommandStatusType status, DicomStatusDetail? detail) =>
        question.Respond(status, dataSet: null, detail);
}
