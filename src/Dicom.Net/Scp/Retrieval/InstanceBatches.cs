namespace Dicom.Net;

/// <summary>Instances in the order they come, in parts that one association can carry.</summary>
internal static class InstanceBatches
{
    /// <summary>So many are asked for before the first of them is sent (arbitrary).</summary>
    private const int MostInstances = 1000;

    /// <summary>So many kinds fit into one association: each may need two contexts of 128 (PS3.8 §9.3.2.2).</summary>
    private const int MostKinds = 64;

    public static async IAsyncEnumerable<List<DicomInstance>> Of(IAsyncEnumerable<DicomInstance> instances)
    {
        List<DicomInstance> batch = [];
        HashSet<StorageKind> kinds = [];
        await foreach (var instance in instances.ConfigureAwait(false))
        {
            var needsAnother = kinds.Count == MostKinds && !kinds.Contains(instance.Kind);
            if (needsAnother || batch.Count == MostInstances)
            {
                yield return batch;
                (batch, kinds) = ([], []);
            }

            batch.Add(instance);
            kinds.Add(instance.Kind);
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }
}
