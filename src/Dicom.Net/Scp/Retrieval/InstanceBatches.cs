namespace Dicom.Net;

/// <summary>Instances in the order they come, in parts that one association can carry.</summary>
internal static class InstanceBatches
{
    /// <summary>So many are asked for before the first of them is sent (arbitrary).</summary>
    private const int MostInstances = 1000;

    public static async IAsyncEnumerable<List<DicomInstance>> Of(IAsyncEnumerable<DicomInstance> instances)
    {
        List<DicomInstance> batch = [];
        HashSet<InstanceKind> kinds = [];
        await foreach (var instance in instances.ConfigureAwait(false))
        {
            var needsAnother = kinds.Count == InstanceKind.MostInAnAssociation && !kinds.Contains(instance.Kind);
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
