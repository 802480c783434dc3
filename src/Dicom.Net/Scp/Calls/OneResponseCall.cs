namespace Dicom.Net;

/// <summary>A request that has one response: all but C-FIND, C-GET and C-MOVE.</summary>
/// <remarks>What it does is told by delegates without a closure: it is made for each C-STORE.</remarks>
internal sealed class OneResponseCall<THandler, TQuestion>(
    AssociationHandlers handlers, TQuestion question, HandlerRegistration registration,
    Func<AssociationHandlers, TQuestion, THandler, CancellationToken, ValueTask<DicomOutcome>> serve,
    Func<TQuestion, DicomOutcome, DicomNetResult> respond)
    : ServiceCall(handlers, question)
    where THandler : class
    where TQuestion : DicomRequestEventArgs
{
    protected override async Task ServeAsync()
    {
        var handler = Handlers.Get<THandler>(registration);
        var outcome = await Handlers.TimeLimit.KeepAsync(
            (call: this, handler), static asked => asked.call.Ask(asked.handler)).ConfigureAwait(false);
        using (outcome.DataSet)
        {
            await SendAsync((call: this, outcome), static answer => answer.call.Respond(answer.outcome)).ConfigureAwait(false);
        }
    }

    protected override DicomNetResult Answer(DicomCommandStatusType status, DicomStatusDetail? detail) => Respond(new(status, detail));

    private ValueTask<DicomOutcome> Ask(THandler handler) => serve(Handlers, question, handler, Token);

    private DicomNetResult Respond(DicomOutcome outcome) => respond(question, outcome);
}
