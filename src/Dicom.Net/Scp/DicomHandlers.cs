using System.Collections;

namespace Dicom.Net;

/// <summary>
/// Who serves the peer's requests: handlers, each for one DIMSE service or several. Set in <see cref="DicomNetOptions.Handlers"/> of a listener;
/// also of an object that connects, for what its peer asks of it.
/// </summary>
/// <remarks>
/// <para>A request goes to the events of its service first. Where none has answered it or put its answer off, the first handler gets it that was
/// registered for its service and its SOP class; where there is none, it gets the default answer.</para>
/// <para>What a handler throws is answered: a <see cref="DicomRefusalException"/> with its status, an <see cref="OperationCanceledException"/> of
/// a cancelled C-FIND, C-GET or C-MOVE with FE00H, an <see cref="IOException"/> with "out of resources" of the service (A700H, A701H or 0213H), a
/// <see cref="DataSetException"/> of a C-service with C000H, anything else with 0110H. It is logged unless it is one of the first two.</para>
/// <para>Handlers are added before the object is used; after that each association has those that there were when it began.</para>
/// </remarks>
public sealed partial class DicomHandlers : IEnumerable<Type>
{
    // Replaced, not changed: associations read it while one is added.
    private HandlerRegistration[] _registrations = [];

    /// <summary>
    /// What associations are accepted with, where neither the event nor a handler has decided and <see cref="DicomNetOptions.Admission"/> names
    /// no services. Null, the default: then they are rejected.
    /// </summary>
    public DicomSupportedServices? Supported { get; set; }

    /// <summary>
    /// How long one call to a handler may take: a StoreAsync say, finding one more match, or the end of an iterator that is left early. Afterwards
    /// its token is cancelled, the request is answered 0110H, and what the handler still says is not heard. Default: no limit, and then a handler
    /// that hangs keeps its association: it does not count as idle. The disposal of handlers at the end has no limit.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is neither positive and at most 24 days, nor Timeout.InfiniteTimeSpan.</exception>
    public TimeSpan TimeLimit
    {
        get;
        set => field = DicomNetOptions.RequirePositive(value, nameof(TimeLimit));
    } = Timeout.InfiniteTimeSpan;

    /// <summary>
    /// How long one C-STORE of a C-GET or C-MOVE may wait for its answer; then it and what would have followed have failed, and its association is
    /// aborted: of a C-GET after the final response. While the instance is on its way the time begins anew: a slow line has
    /// <see cref="DicomNetOptions.SendTimeout"/>. Default 5 minutes (arbitrary: the slowest archive, and some).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is neither positive and at most 24 days, nor Timeout.InfiniteTimeSpan.</exception>
    public TimeSpan SubOperationTimeLimit
    {
        get;
        set => field = DicomNetOptions.RequirePositive(value, nameof(SubOperationTimeLimit));
    } = TimeSpan.FromMinutes(5);

    internal HandlerRegistration[] Registrations => Volatile.Read(ref _registrations);

    /// <summary>Registers a handler that all associations share. It is called from several threads at once, and not disposed of.</summary>
    /// <param name="handler">The handler, for each service whose interface it implements.</param>
    /// <param name="sopClasses">The SOP classes that it serves; none: all.</param>
    /// <returns>This object.</returns>
    /// <exception cref="ArgumentException">It implements none of the interfaces.</exception>
    public DicomHandlers Add(IDicomServiceHandler handler, params IEnumerable<string> sopClasses)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Add(new HandlerRegistration(handler.GetType(), sopClasses) { Shared = handler });
    }

    /// <summary>
    /// Registers a handler that is made anew for each association, when it is first needed there. At the end of the association it is disposed
    /// of, if it can be.
    /// </summary>
    /// <typeparam name="T">The handler, for each service whose interface this type implements.</typeparam>
    /// <param name="create">Makes one.</param>
    /// <param name="sopClasses">The SOP classes that it serves; none: all.</param>
    /// <returns>This object.</returns>
    /// <exception cref="ArgumentException">The type implements none of the interfaces.</exception>
    public DicomHandlers Add<T>(Func<DicomAssociationContext, T> create, params IEnumerable<string> sopClasses)
        where T : class, IDicomServiceHandler
    {
        ArgumentNullException.ThrowIfNull(create);
        return Add(new HandlerRegistration(typeof(T), sopClasses) { Create = create, IsOwned = true });
    }

    /// <summary>As <see cref="Add{T}"/>, for handlers that somebody else disposes of: a container of dependency injection, say.</summary>
    /// <typeparam name="T">The handler, for each service whose interface this type implements.</typeparam>
    /// <param name="find">Finds the one of an association. Called once for each.</param>
    /// <param name="sopClasses">The SOP classes that it serves; none: all.</param>
    /// <returns>This object.</returns>
    /// <exception cref="ArgumentException">The type implements none of the interfaces.</exception>
    public DicomHandlers AddUnowned<T>(Func<DicomAssociationContext, T> find, params IEnumerable<string> sopClasses)
        where T : class, IDicomServiceHandler
    {
        ArgumentNullException.ThrowIfNull(find);
        return Add(new HandlerRegistration(typeof(T), sopClasses) { Create = find });
    }

    /// <summary>The types of the handlers, in their order.</summary>
    public IEnumerator<Type> GetEnumerator() => Registrations.Select(registration => registration.Type).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private DicomHandlers Add(HandlerRegistration added)
    {
        HandlerRegistration[] before;
        do
        {
            before = Registrations;
        }
        while (Interlocked.CompareExchange(ref _registrations, [.. before, added], before) != before);

        return this;
    }
}
