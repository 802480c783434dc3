using System.Net;

namespace Dicom.Net.Diagnostics;

/// <summary>One TCP segment as it would have been on the wire.</summary>
/// <param name="Time">When.</param>
/// <param name="From">Its source; of the same family as its destination.</param>
/// <param name="To">Its destination.</param>
/// <param name="Flags">Its control bits.</param>
/// <param name="Sequence">Its sequence number.</param>
/// <param name="Acknowledgment">What its source has of the other direction.</param>
internal readonly record struct CapturedSegment(
    DateTimeOffset Time, IPEndPoint From, IPEndPoint To, TcpFlags Flags, uint Sequence, uint Acknowledgment)
{
    /// <summary>Rented from the pool; null: it carries nothing.</summary>
    public byte[]? Array { get; init; }

    /// <summary>The bytes of the array that it carries.</summary>
    public int Length { get; init; }

    /// <summary>How many segments were left out just before it.</summary>
    public long DroppedBefore { get; init; }

    public ReadOnlySpan<byte> Payload => Array.AsSpan(0, Length);
}
