namespace Dicom.Net.Samples;

/// <summary>
/// Locks for UIDs: what has the same UID is kept one after the other. So whoever finds an instance finds it on the disk, with its name, and
/// may acknowledge a second one like it.
/// </summary>
internal sealed class InstanceLocks
{
    // Arbitrary: as many may be kept at once.
    private const int Count = 64;

    private readonly Lock[] _locks = [.. Enumerable.Range(0, Count).Select(_ => new Lock())];

    /// <summary>The lock of a UID, which it may have in common with others.</summary>
    public Lock Of(string uid) => _locks[(uint)uid.GetHashCode(StringComparison.Ordinal) % Count];
}
