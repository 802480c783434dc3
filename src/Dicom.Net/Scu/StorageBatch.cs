namespace Dicom.Net;

/// <summary>Files whose presentation contexts one association has room for.</summary>
internal sealed class StorageBatch
{
    // PS3.8 §9.3.2.2: the ids are odd numbers of one byte.
    private const int MostContexts = 128;

    private readonly DicomAssociationRequest _base;
    private readonly HashSet<StorageKind> _contexts = [];

    private StorageBatch(DicomAssociationRequest request) => _base = request;

    private int Room => MostContexts - _base.PresentationContextCount;

    /// <summary>The files that are still to be sent.</summary>
    public Queue<string> Paths { get; } = new();

    /// <summary>What is proposed: what the request has, and what the files need.</summary>
    public DicomAssociationRequest Request => _base.WithStorage(_contexts);

    /// <summary>As few batches as come of filling one after the other.</summary>
    public static List<StorageBatch> Of(DicomAssociationRequest request, IReadOnlyDictionary<StorageKind, List<string>> files)
    {
        var batches = new List<StorageBatch>();
        foreach (var (kind, paths) in files)
        {
            if (batches is not [.., var last] || !last.TryTake(kind))
            {
                last = new(request);
                last._contexts.UnionWith(last.ContextsOf(kind));
                batches.Add(last);
            }

            paths.ForEach(last.Paths.Enqueue);
        }

        return batches;
    }

    /// <summary>Its own one comes first: that alone has to do, where the request leaves no room for two.</summary>
    private IEnumerable<StorageKind> ContextsOf(StorageKind kind) => kind.Contexts().Take(Room);

    private bool TryTake(StorageKind kind)
    {
        var wanted = ContextsOf(kind).Except(_contexts).ToArray();
        if (_contexts.Count + wanted.Length > Room)
        {
            return false;
        }

        _contexts.UnionWith(wanted);
        return true;
    }
}
