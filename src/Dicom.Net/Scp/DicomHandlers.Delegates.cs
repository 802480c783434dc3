namespace Dicom.Net;

/// <content>Delegates as handlers: each is one of the interface of its service.</content>
public sealed partial class DicomHandlers
{
    /// <summary>Serves C-ECHO by a delegate: see <see cref="ICEchoHandler"/>.</summary>
    /// <param name="serve">Answers a request. Called from several threads at once.</param>
    /// <param name="sopClasses">The SOP classes that it serves; none: all.</param>
    /// <returns>This object.</returns>
    public DicomHandlers OnCEcho(
        Func<DicomCEchoRequest, CancellationToken, ValueTask<DicomOutcome>> serve, params IEnumerable<string> sopClasses) =>
        Add(new CEchoDelegate(serve), sopClasses);

    /// <summary>Serves C-STORE by a delegate: see <see cref="ICStoreHandler"/>.</summary>
    /// <param name="serve">Answers a request. Called from several threads at once.</param>
    /// <param name="sopClasses">The SOP classes that it serves; none: all.</param>
    /// <returns>This object.</returns>
    public DicomHandlers OnCStore(
        Func<DicomCStoreRequest, CancellationToken, ValueTask<DicomOutcome>> serve, params IEnumerable<string> sopClasses) =>
        Add(new CStoreDelegate(serve), sopClasses);

    /// <summary>Serves C-FIND by a delegate: see <see cref="ICFindHandler"/>.</summary>
    /// <param name="serve">Answers a request. Called from several threads at once.</param>
    /// <param name="sopClasses">The SOP classes that it serves; none: all.</param>
    /// <returns>This object.</returns>
    public DicomHandlers OnCFind(
        Func<DicomCFindRequest, CancellationToken, IAsyncEnumerable<DicomDataSet>> serve, params IEnumerable<string> sopClasses) =>
        Add(new CFindDelegate(serve), sopClasses);

    /// <summary>Serves C-GET by a delegate: see <see cref="ICGetHandler"/>.</summary>
    /// <param name="serve">Answers a request. Called from several threads at once.</param>
    /// <param name="sopClasses">The SOP classes that it serves; none: all.</param>
    /// <returns>This object.</returns>
    public DicomHandlers OnCGet(
        Func<DicomCGetRequest, CancellationToken, IAsyncEnumerable<DicomInstance>> serve, params IEnumerable<string> sopClasses) =>
        Add(new CGetDelegate(serve), sopClasses);

    /// <summary>Serves C-MOVE by delegates: see <see cref="ICMoveHandler"/>.</summary>
    /// <param name="findDestination">Says where an AE title is; null: it is not known. Called from several threads at once.</param>
    /// <param name="serve">Answers a request. Called from several threads at once.</param>
    /// <param name="sopClasses">The SOP classes that it serves; none: all.</param>
    /// <returns>This object.</returns>
    public DicomHandlers OnCMove(
        Func<string, DicomMoveDestination?> findDestination,
        Func<DicomCMoveRequest, CancellationToken, IAsyncEnumerable<DicomInstance>> serve,
        params IEnumerable<string> sopClasses) =>
        Add(new CMoveDelegate(findDestination, serve), sopClasses);

    /// <summary>Serves N-EVENT-REPORT by a delegate: see <see cref="INEventReportHandler"/>.</summary>
    /// <param name="serve">Answers a request. Called from several threads at once.</param>
    /// <param name="sopClasses">The SOP classes that it serves; none: all.</param>
    /// <returns>This object.</returns>
    public DicomHandlers OnNEventReport(
        Func<DicomNEventReportRequest, CancellationToken, ValueTask<DicomOutcome>> serve, params IEnumerable<string> sopClasses) =>
        Add(new NEventReportDelegate(serve), sopClasses);

    /// <summary>Serves N-GET by a delegate: see <see cref="INGetHandler"/>.</summary>
    /// <param name="serve">Answers a request. Called from several threads at once.</param>
    /// <param name="sopClasses">The SOP classes that it serves; none: all.</param>
    /// <returns>This object.</returns>
    public DicomHandlers OnNGet(
        Func<DicomNGetRequest, CancellationToken, ValueTask<DicomOutcome>> serve, params IEnumerable<string> sopClasses) =>
        Add(new NGetDelegate(serve), sopClasses);

    /// <summary>Serves N-SET by a delegate: see <see cref="INSetHandler"/>.</summary>
    /// <param name="serve">Answers a request. Called from several threads at once.</param>
    /// <param name="sopClasses">The SOP classes that it serves; none: all.</param>
    /// <returns>This object.</returns>
    public DicomHandlers OnNSet(
        Func<DicomNSetRequest, CancellationToken, ValueTask<DicomOutcome>> serve, params IEnumerable<string> sopClasses) =>
        Add(new NSetDelegate(serve), sopClasses);

    /// <summary>Serves N-ACTION by a delegate: see <see cref="INActionHandler"/>.</summary>
    /// <param name="serve">Answers a request. Called from several threads at once.</param>
    /// <param name="sopClasses">The SOP classes that it serves; none: all.</param>
    /// <returns>This object.</returns>
    public DicomHandlers OnNAction(
        Func<DicomNActionRequest, CancellationToken, ValueTask<DicomOutcome>> serve, params IEnumerable<string> sopClasses) =>
        Add(new NActionDelegate(serve), sopClasses);

    /// <summary>Serves N-CREATE by a delegate: see <see cref="INCreateHandler"/>.</summary>
    /// <param name="serve">Answers a request. Called from several threads at once.</param>
    /// <param name="sopClasses">The SOP classes that it serves; none: all.</param>
    /// <returns>This object.</returns>
    public DicomHandlers OnNCreate(
        Func<DicomNCreateRequest, CancellationToken, ValueTask<DicomOutcome>> serve, params IEnumerable<string> sopClasses) =>
        Add(new NCreateDelegate(serve), sopClasses);

    /// <summary>Serves N-DELETE by a delegate: see <see cref="INDeleteHandler"/>.</summary>
    /// <param name="serve">Answers a request. Called from several threads at once.</param>
    /// <param name="sopClasses">The SOP classes that it serves; none: all.</param>
    /// <returns>This object.</returns>
    public DicomHandlers OnNDelete(
        Func<DicomNDeleteRequest, CancellationToken, ValueTask<DicomOutcome>> serve, params IEnumerable<string> sopClasses) =>
        Add(new NDeleteDelegate(serve), sopClasses);
}
