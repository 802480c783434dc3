using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dicom.Net.Diagnostics;

/// <summary>How much room a <see cref="PcapngTrace"/> takes, and what it leaves out.</summary>
public sealed record PcapngTraceOptions
{
    /// <summary>
    /// The longest file, in bytes: the next one begins where the next packet would not fit. Default 64 MiB (arbitrary); at least 128 KiB.
    /// </summary>
    public long MaximumFileLength { get; init; } = 64 * 1024 * 1024;

    /// <summary>
    /// How many files are kept, at least 1: <c>NAME.pcapng</c>, which is being written, and before it <c>NAME.1.pcapng</c>,
    /// <c>NAME.2.pcapng</c> and so on, which are older. Default 4 (arbitrary).
    /// </summary>
    public int MaximumFiles { get; init; } = 4;

    /// <summary>
    /// How many bytes may wait to be written. What finds no room is left out and counted: a slow disk must not slow an association. Default
    /// 16 MiB (arbitrary); at least 64 KiB.
    /// </summary>
    public int MaximumQueuedBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>
    /// Whether data sets become zeros: the file then has command sets and negotiation, but no patient. False unless set. User identities
    /// (PS3.7 §D.3.3.7) are blanked always.
    /// </summary>
    public bool MasksDataSets { get; init; }

    /// <summary>Where to say that packets were left out, or that the file cannot be written.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumFileLength, 128 * 1024);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumFiles, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumQueuedBytes, 64 * 1024);
    }
}
