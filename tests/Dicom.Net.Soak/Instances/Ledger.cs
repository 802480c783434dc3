using System.Collections.Concurrent;

namespace Dicom.Net.Soak.Instances;

/// <summary>The instances that peers saw acknowledged with success: they may have deleted their own by now.</summary>
internal sealed class Ledger
{
    private readonly ConcurrentDictionary<string, bool> _acknowledged = new();

    public ICollection<string> Acknowledged => _acknowledged.Keys;

    public int Count => _acknowledged.Count;

    public void Add(SoakInstance instance) => _acknowledged[instance.Uid] = true;
}
