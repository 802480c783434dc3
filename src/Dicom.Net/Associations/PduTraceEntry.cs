using System.Globalization;
using System.Net;

namespace Dicom.Net.Associations;

/// <summary>One PDU that passed, as a <see cref="TracingPduLayer"/> saw it.</summary>
/// <param name="Time">When its last byte that matters passed.</param>
/// <param name="IsSent">True: sent by this side; false: received.</param>
/// <param name="Local">This side's end point.</param>
/// <param name="Remote">The peer's end point.</param>
/// <param name="Type">The PDU's type byte (PS3.8 §9.3).</param>
/// <param name="Length">Its PDU-length field: the bytes after the six of the header.</param>
/// <param name="Summary">What it says, in one line: the peer's text escaped, no user identity.</param>
public readonly record struct PduTraceEntry(
    DateTimeOffset Time, bool IsSent, IPEndPoint Local, IPEndPoint Remote, byte Type, uint Length, string Summary)
{
    /// <summary>Time, end points with the direction, and the summary: one line for a person.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Time:HH:mm:ss.ffffff} {Local} {(IsSent ? "->" : "<-")} {Remote}  {Summary}");
}
