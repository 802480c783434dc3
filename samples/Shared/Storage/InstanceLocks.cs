namespace Dicom.Net.Samples;

/// <summary>
/// Locks for UIDs: what has the same UID is kept one after the other. So whoever finds an instance finds it on the disk, with its name, and
/// may acknowledge a second one like it. Each UID has its own, as long as somebody wants it: nobody waits for another's.
/// </summary>
internal sealed class InstanceLocks
{
    private readonly Dictionary<string, Entry> _entries = [];

    /// <summary>Waits until nobody else has a UID's lock, and has it until what is returned is disposed of, by the same thread.</summary>
    public IDisposable Enter(string uid)
    {
        Entry? entry;
        lock (_entries)
        {
            if (!_entries.TryGetValue(uid, out entry))
            {
                _entries.Add(uid, entry = new(this, uid));
            }

            entry.Wanted++;
        }

        entry.Lock.Enter();
        return entry;
    }

    private void Leave(Entry entry)
    {
        entry.Lock.Exit();
        lock (_entries)
        {
            if (--entry.Wanted == 0)
            {
                _entries.Remove(entry.Uid);
            }
        }
    }

    private sealed class Entry(InstanceLocks locks, string uid) : IDisposable
    {
        public string Uid { get; } = uid;

        public Lock Lock { get; } = new();

        /// <summary>How many threads have it or wait for it.</summary>
        public int Wanted { get; set; }

        public void Dispose() => locks.Leave(this);
    }
}
