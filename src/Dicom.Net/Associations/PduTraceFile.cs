using Dicom.Net.Diagnostics;

namespace Dicom.Net.Associations;

/// <summary>Reads the PDUs of a recorded session: of a pcapng file that <see cref="PcapngTrace"/> has written, or another program.</summary>
public static class PduTraceFile
{
    /// <summary>Reads the PDUs, in the order in which they ended.</summary>
    /// <param name="file">
    /// The file, from its beginning; read as the entries are enumerated, and not disposed of. TCP over IPv4 or IPv6 in it is taken for DICOM; the
    /// side that opened the connection, or of which the first packet is, counts as this side. Segments have to come in order, as
    /// <see cref="PcapngTrace"/> writes them: from where one is missing, nothing more is told of its direction, and an entry of type 0 says so.
    /// </param>
    /// <returns>An entry for each PDU.</returns>
    /// <exception cref="InvalidDataException">While enumerating: it is no pcapng file in little endian, or damaged.</exception>
    /// <exception cref="IOException">While enumerating: it cannot be read.</exception>
    public static IEnumerable<PduTraceEntry> Read(Stream file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return Entries(file);
    }

    private static IEnumerable<PduTraceEntry> Entries(Stream file)
    {
        var conversations = new Dictionary<RecordedEnds, RecordedConversation>();
        foreach (var segment in new PcapngSegments().Read(file))
        {
            var (ends, reverse) = (new RecordedEnds(segment.From, segment.To), new RecordedEnds(segment.To, segment.From));
            var isNew = segment.Flags.HasFlag(TcpFlags.Syn) && !segment.Flags.HasFlag(TcpFlags.Ack);
            if (isNew || !(conversations.TryGetValue(ends, out var conversation) || conversations.TryGetValue(reverse, out conversation)))
            {
                conversations.Remove(reverse);
                conversations[ends] = conversation = new(ends);
            }

            foreach (var entry in conversation.Take(segment))
            {
                yield return entry;
            }

            if (conversation.HasEnded)
            {
                conversations.Remove(conversation.Ends);
            }
        }
    }
}
