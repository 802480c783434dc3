using Dicom.Net.Associations;
using Dicom.Net.Tool.Output;

namespace Dicom.Net.Tool.Trace;

/// <summary>Shows PDUs, a line each.</summary>
internal sealed class TraceView(ToolOutput output)
{
    private int _count;

    public int Count => _count;

    public void Add(PduTraceEntry pdu)
    {
        Interlocked.Increment(ref _count);
        output.Json("pdu", new
        {
            pdu.Time,
            pdu.IsSent,
            Local = pdu.Local.ToString(),
            Remote = pdu.Remote.ToString(),
            PduType = pdu.Type,
            pdu.Length,
            pdu.Summary,
        });
        output.Line(
            ($"{pdu.Time:HH:mm:ss.ffffff} ", Tone.Faint),
            ($"{pdu.Local} {(pdu.IsSent ? "->" : "<-")} {pdu.Remote}  ", Tone.Faint),
            (pdu.Summary, ToneOf(pdu.Type)));
    }

    /// <summary>By the types of PS3.8 §9.3: what begins and ends an association stands out, and what goes wrong more so.</summary>
    private static Tone ToneOf(byte type) => type switch
    {
        1 or 2 => Tone.Strong,
        3 or 7 or 0 => Tone.Bad,
        4 => Tone.Plain,
        5 or 6 => Tone.Good,
        _ => Tone.Doubtful,
    };
}
