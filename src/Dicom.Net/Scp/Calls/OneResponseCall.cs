using Dicom.Net.Dimse;

namespace Dicom.Net;

/// <summary>A request that has one response: all but C-FIND, C-GET and C-MOVE.</summary>
internal sealed class OneResponseCall<T>(
    AssociationHandlers handlers, DicomRequestEventArgs question, CommandField request, HandlerRegistration registration,
    Func<T, CancellationToken, ValueTask<DicomOutcome>> serve, Func<DicomOutcome, DicomNetResult> respond)
    : ServiceCall(handlers, question, request)
    where T : class
{
    protected override async Task ServeAsync()
    {
        var handler = Handlers.Get<T>(registration);
        var outcome = await Handlers.TimeLimit.KeepAsync(() => serve(handler, Token)).ConfigureAwait(false);
        using (outcome.DataSet)
        {
            await SendAsync(outcome, respond).ConfigureAwait(false);
        }
    }

    protected override DicomNetResult Answer(DicomCommandStatusType status, DicomStatusDetail? detail) => respond(new(status, detail));
}
