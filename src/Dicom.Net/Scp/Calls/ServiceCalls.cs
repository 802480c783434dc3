namespace Dicom.Net;

/// <summary>Which handler serves a request, and how it is asked and answered: one line for each service.</summary>
internal static class ServiceCalls
{
    /// <returns>Null: no handler serves it.</returns>
    public static ServiceCall? Of(AssociationHandlers handlers, DicomRequestEventArgs question) => question switch
    {
        DicomCStoreRequestEventArgs store => Store(handlers, store),
        DicomCEchoRequestEventArgs echo => Echo(handlers, echo),
        DicomCFindRequestEventArgs find => Find<ICFindHandler>(handlers, find) is { } finder ? new FindCall(handlers, find, finder) : null,
        DicomCGetRequestEventArgs get => Find<ICGetHandler>(handlers, get) is { } getter ? new GetCall(handlers, get, getter) : null,
        DicomCMoveRequestEventArgs move => Find<ICMoveHandler>(handlers, move) is { } mover ? new MoveCall(handlers, move, mover) : null,
        DicomNReportRequestEventArgs report => Report(handlers, report),
        DicomNGetRequestEventArgs get => Get(handlers, get),
        DicomNSetRequestEventArgs set => Set(handlers, set),
        DicomNActionRequestEventArgs action => Act(handlers, action),
        DicomNCreateRequestEventArgs create => Create(handlers, create),
        DicomNDeleteRequestEventArgs delete => Delete(handlers, delete),
        _ => null,
    };

    private static OneResponseCall<ICEchoHandler, DicomCEchoRequestEventArgs>? Echo(
        AssociationHandlers handlers, DicomCEchoRequestEventArgs question) =>
        One<ICEchoHandler, DicomCEchoRequestEventArgs>(
            handlers,
            question,
            static (handlers, question, handler, token) => handler.EchoAsync(new(handlers.Context, question), token),
            static (question, outcome) => question.Respond(outcome.Status, outcome.Detail));

    private static OneResponseCall<ICStoreHandler, DicomCStoreRequestEventArgs>? Store(
        AssociationHandlers handlers, DicomCStoreRequestEventArgs question)
    {
        // Now: when its turn comes, the next instance may have begun.
        question.Destination = handlers.Destination;
        return One<ICStoreHandler, DicomCStoreRequestEventArgs>(
            handlers,
            question,
            static (handlers, question, handler, token) => handler.StoreAsync(new(handlers.Context, question, question.Destination), token),
            static (question, outcome) => question.Respond(outcome.Status, outcome.Detail));
    }

    private static OneResponseCall<INEventReportHandler, DicomNReportRequestEventArgs>? Report(
        AssociationHandlers handlers, DicomNReportRequestEventArgs question) =>
        One<INEventReportHandler, DicomNReportRequestEventArgs>(
            handlers,
            question,
            static (handlers, question, handler, token) => handler.ReportAsync(new(handlers.Context, question), token),
            static (question, outcome) => question.Respond(outcome.Status, outcome.DataSet, outcome.Detail));

    private static OneResponseCall<INGetHandler, DicomNGetRequestEventArgs>? Get(
        AssociationHandlers handlers, DicomNGetRequestEventArgs question) =>
        One<INGetHandler, DicomNGetRequestEventArgs>(
            handlers,
            question,
            static (handlers, question, handler, token) => handler.GetAsync(new(handlers.Context, question), token),
            static (question, outcome) => question.Respond(outcome.Status, outcome.DataSet, outcome.Detail));

    private static OneResponseCall<INSetHandler, DicomNSetRequestEventArgs>? Set(
        AssociationHandlers handlers, DicomNSetRequestEventArgs question) =>
        One<INSetHandler, DicomNSetRequestEventArgs>(
            handlers,
            question,
            static (handlers, question, handler, token) => handler.SetAsync(new(handlers.Context, question), token),
            static (question, outcome) => question.Respond(outcome.Status, outcome.DataSet, outcome.Detail));

    private static OneResponseCall<INActionHandler, DicomNActionRequestEventArgs>? Act(
        AssociationHandlers handlers, DicomNActionRequestEventArgs question) =>
        One<INActionHandler, DicomNActionRequestEventArgs>(
            handlers,
            question,
            static (handlers, question, handler, token) => handler.ActAsync(new(handlers.Context, question), token),
            static (question, outcome) => question.Respond(outcome.Status, outcome.DataSet, outcome.Detail));

    private static OneResponseCall<INCreateHandler, DicomNCreateRequestEventArgs>? Create(
        AssociationHandlers handlers, DicomNCreateRequestEventArgs question) =>
        One<INCreateHandler, DicomNCreateRequestEventArgs>(
            handlers,
            question,
            static (handlers, question, handler, token) => handler.CreateAsync(new(handlers.Context, question), token),
            static (question, outcome) => question.Respond(outcome.Status, outcome.SopInstance, outcome.DataSet, outcome.Detail));

    private static OneResponseCall<INDeleteHandler, DicomNDeleteRequestEventArgs>? Delete(
        AssociationHandlers handlers, DicomNDeleteRequestEventArgs question) =>
        One<INDeleteHandler, DicomNDeleteRequestEventArgs>(
            handlers,
            question,
            static (handlers, question, handler, token) => handler.DeleteAsync(new(handlers.Context, question), token),
            static (question, outcome) => question.Respond(outcome.Status, outcome.Detail));

    private static OneResponseCall<THandler, TQuestion>? One<THandler, TQuestion>(
        AssociationHandlers handlers, TQuestion question,
        Func<AssociationHandlers, TQuestion, THandler, CancellationToken, ValueTask<DicomOutcome>> serve,
        Func<TQuestion, DicomOutcome, DicomNetResult> respond)
        where THandler : class
        where TQuestion : DicomRequestEventArgs =>
        Find<THandler>(handlers, question) is { } registration
            ? new(handlers, question, registration, serve, respond)
            : null;

    private static HandlerRegistration? Find<T>(AssociationHandlers handlers, DicomRequestEventArgs question) => handlers.Find<T>(question.AffectedClass);
}
