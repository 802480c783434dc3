namespace Dicom.Net;

/// <summary>How an association of this side behaves. An object may be shared by any number of associations.</summary>
public sealed record DicomAssociationOptions
{
    /// <summary>Time limits, limits in room, TLS, log and clock: what an association has in common with every other one of the library.</summary>
    public DicomNetOptions Network { get; init; } = new();

    /// <summary>
    /// The folder for received data sets that are too large for memory (<see cref="DicomNetOptions.MemoryThreshold"/>); null: the system's
    /// temporary folder.
    /// </summary>
    public string? Folder { get; init; }

    /// <summary>The families of addresses that may be used. Default: both.</summary>
    public IpType IpType { get; init; } = IpType.IPv4OrIPv6;

    /// <summary>
    /// The address of this computer to connect from, for one that has several and a peer that knows one of them. Null: the system chooses.
    /// </summary>
    public string? ClientAddress { get; init; }

    /// <summary>The priority of C-STORE, C-FIND, C-GET and C-MOVE requests. Default medium.</summary>
    public DicomCommandPriorityType Priority { get; init; } = DicomCommandPriorityType.Medium;

    /// <summary>
    /// Whether a response whose status is a failure, or a cancellation that nobody asked for, is thrown as a
    /// <see cref="DicomStatusException"/>. True unless set; false: it is returned as every other one. Warnings are always returned.
    /// </summary>
    public bool ThrowsOnFailure { get; init; } = true;

    /// <summary>
    /// How long the peer may take to end a C-FIND, C-GET or C-MOVE after a C-CANCEL; then the association is aborted. Default 10 seconds
    /// (arbitrary: an SCP may look for the C-CANCEL only between two sub-operations).
    /// </summary>
    public TimeSpan CancelTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long disposing waits for the peer to agree to the release; then the association is aborted. Default 5 seconds (arbitrary).</summary>
    public TimeSpan ReleaseTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How many matches of a C-FIND may wait for who enumerates them before the peer is held back. Default 32 (arbitrary: so much as may wait
    /// for its callback, too).
    /// </summary>
    public int MatchesAhead { get; init; } = 32;

    /// <summary>
    /// Answers the peer's N-EVENT-REPORTs on this association; called one at a time, with a token that is cancelled when the association ends.
    /// Null, the default: they are refused with 0211H, unrecognized operation.
    /// </summary>
    /// <remarks>
    /// It may await operations of this association. A C-GET among them needs a window
    /// (<see cref="DicomAssociationRequest.WithAsynchronousOperations"/>, performed: 2): without one the peer sends no instance before its event
    /// report is answered (PS3.7 §D.3.3.3), so answer first, and then get.
    /// </remarks>
    public Func<DicomEventReport, CancellationToken, ValueTask<DicomCommandStatusType>>? EventReports { get; init; }

    internal DicomNetSecurityMode Security => Network.Tls is null ? DicomNetSecurityMode.None : DicomNetSecurityMode.Tls;

    /// <exception cref="ArgumentException">A value is out of range; the message says which.</exception>
    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Network);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(CancelTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ReleaseTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MatchesAhead);
    }
}
