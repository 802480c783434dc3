namespace Dicom.Net;

/// <summary>Instances in the order they come, in parts that one association can carry.</summary>
internal static class InstanceBatches
{
    /// <summary>So many are asked for before the first of them is sent over an association that is to be negotiated for them (arbitrary).</summary>
    public const int MostInstances = 1000;

    /// <summary>So many kinds fit into one association: each may need two contexts of 128 (PS3.8 §9.3.2.2).</summary>
    private const int MostKinds = 64;

    /// <param name="instances">The instances.</param>
    /// <param name="most">So many are in a part, if the association carries their kinds.</param>
    public static async IAsyncEnumerable<List<DicomInstance>> Of(IAsyncEnumerable<DicomInstance> instances, int most)
    {
        List<DicomInstance> batch = [];
        HashSet<StorageKind> kinds = [];
        await foreach (var instance in instances.ConfigureAwait(false))
        {
            if (kinds.Count == MostKinds && !kinds.Contains(instance.Kind))
            {
                yield return batch;
                (batch, kinds) = ([], []);
            }

            batch.Add(instance);
            kinds.Add(instance.Kind);
            if (batch.Count == most)
            {
                // Before the next one is asked for: that may take its time.
                yield return batch;
                (batch, kinds) = ([], []);
            }
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }
}
