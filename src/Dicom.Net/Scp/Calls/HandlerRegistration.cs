namespace Dicom.Net;

/// <summary>A handler that is registered: shared by all associations, or made for each.</summary>
internal sealed class HandlerRegistration
{
    private static readonly Type[] Services =
    [
        typeof(ICEchoHandler), typeof(ICStoreHandler), typeof(ICFindHandler), typeof(ICGetHandler), typeof(ICMoveHandler),
        typeof(INEventReportHandler), typeof(INGetHandler), typeof(INSetHandler), typeof(INActionHandler), typeof(INCreateHandler),
        typeof(INDeleteHandler), typeof(IDicomAssociationHandler),
    ];

    private readonly HashSet<string> _sopClasses;

    /// <exception cref="ArgumentException">The type implements no service.</exception>
    public HandlerRegistration(Type type, IEnumerable<string> sopClasses)
    {
        ArgumentNullException.ThrowIfNull(sopClasses);
        if (!Array.Exists(Services, service => service.IsAssignableFrom(type)))
        {
            throw new ArgumentException(
                $"{type.Name} serves nothing: implement {nameof(ICStoreHandler)}, {nameof(ICFindHandler)} or another interface of a service.");
        }

        Type = type;
        _sopClasses = sopClasses.ToHashSet(StringComparer.Ordinal);
    }

    public Type Type { get; }

    /// <summary>The one that all associations share; null: <see cref="Create"/> makes one for each.</summary>
    public IDicomServiceHandler? Shared { get; init; }

    public Func<DicomAssociationContext, IDicomServiceHandler>? Create { get; init; }

    /// <summary>Whether what was made is disposed of.</summary>
    public bool IsOwned { get; init; }

    public bool Provides<T>() => typeof(T).IsAssignableFrom(Type);

    public bool Serves<T>(string sopClass) => Provides<T>() && (_sopClasses.Count == 0 || _sopClasses.Contains(sopClass));
}
