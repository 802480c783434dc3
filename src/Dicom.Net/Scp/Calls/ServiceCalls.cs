using Dicom.Net.Dimse;

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

    private static OneResponseCall<ICEchoHandler>? Echo(AssociationHandlers handlers, DicomCEchoRequestEventArgs question) => One<ICEchoHandler>(
        handlers,
        question,
        CommandField.CEchoRq,
        (handler, token) => handler.EchoAsync(new(handlers.Context, question), token),
        outcome => question.Respond(outcome.Status, outcome.Detail));

    private static OneResponseCall<ICStoreHandler>? Store(AssociationHandlers handlers, DicomCStoreRequestEventArgs question) => One<ICStoreHandler>(
        handlers,
        question,
        CommandField.CStoreRq,
        (handler, token) => handler.StoreAsync(new(handlers.Context, question, handlers.Net.DestinationOf(question)), token),
        outcome => question.Respond(outcome.Status, outcome.Detail));

    private static OneResponseCall<INEventReportHandler>? Report(AssociationHandlers handlers, DicomNReportRequestEventArgs question) => One<INEventReportHandler>(
        handlers,
        question,
        CommandField.NEventReportRq,
        (handler, token) => handler.ReportAsync(new(handlers.Context, question), token),
        outcome => question.Respond(outcome.Status, outcome.DataSet, outcome.Detail));

    private static OneResponseCall<INGetHandler>? Get(AssociationHandlers handlers, DicomNGetRequestEventArgs question) => One<INGetHandler>(
        handlers,
        question,
        CommandField.NGetRq,
        (handler, token) => handler.GetAsync(new(handlers.Context, question), token),
        outcome => question.Respond(outcome.Status, outcome.DataSet, outcome.Detail));

    private static OneResponseCall<INSetHandler>? Set(AssociationHandlers handlers, DicomNSetRequestEventArgs question) => One<INSetHandler>(
        handlers,
        question,
        CommandField.NSetRq,
        (handler, token) => handler.SetAsync(new(handlers.Context, question), token),
        outcome => question.Respond(outcome.Status, outcome.DataSet, outcome.Detail));

    private static OneResponseCall<INActionHandler>? Act(AssociationHandlers handlers, DicomNActionRequestEventArgs question) => One<INActionHandler>(
        handlers,
        question,
        CommandField.NActionRq,
        (handler, token) => handler.ActAsync(new(handlers.Context, question), token),
        outcome => question.Respond(outcome.Status, outcome.DataSet, outcome.Detail));

    private static OneResponseCall<INCreateHandler>? Create(AssociationHandlers handlers, DicomNCreateRequestEventArgs question) => One<INCreateHandler>(
        handlers,
        question,
        CommandField.NCreateRq,
        (handler, token) => handler.CreateAsync(new(handlers.Context, question), token),
        outcome => question.Respond(outcome.Status, outcome.SopInstance, outcome.DataSet, outcome.Detail));

    private static OneResponseCall<INDeleteHandler>? Delete(AssociationHandlers handlers, DicomNDeleteRequestEventArgs question) => One<INDeleteHandler>(
        handlers,
        question,
        CommandField.NDeleteRq,
        (handler, token) => handler.DeleteAsync(new(handlers.Context, question), token),
        outcome => question.Respond(outcome.Status, outcome.Detail));

    private static OneResponseCall<T>? One<T>(
        AssociationHandlers handlers, DicomRequestEventArgs question, CommandField request, Func<T, CancellationToken, ValueTask<DicomOutcome>> serve,
        Func<DicomOutcome, DicomNetResult> respond)
        where T : class =>
        Find<T>(handlers, question) is { } registration ? new(handlers, question, request, registration, serve, respond) : null;

    private static HandlerRegistration? Find<T>(AssociationHandlers handlers, DicomRequestEventArgs question) => handlers.Find<T>(question.AffectedClass);
}
