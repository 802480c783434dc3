using System.Buffers.Binary;
using Dicom.Net.Dimse;
using Dicom.Net.Pdus;

namespace Dicom.Net.Fuzz.Conversations;

/// <summary>What a stream of bytes amounts to, as far as it is PDUs: taken apart without the library's framing.</summary>
internal sealed class PeerStream
{
    private PeerStream(List<(PduType Type, byte[] Body)> pdus, bool isWhole)
    {
        Pdus = pdus;
        IsWhole = isWhole;
    }

    /// <summary>The whole PDUs at its beginning.</summary>
    public IReadOnlyList<(PduType Type, byte[] Body)> Pdus { get; }

    /// <summary>Whether it ends where a PDU ends.</summary>
    public bool IsWhole { get; }

    public static PeerStream Of(ReadOnlySpan<byte> bytes)
    {
        List<(PduType, byte[])> pdus = [];
        while (bytes.Length >= PduHeader.Size)
        {
            var size = PduHeader.Size + (long)BinaryPrimitives.ReadUInt32BigEndian(bytes[2..]);
            if (size > bytes.Length)
            {
                break;
            }

            pdus.Add(((PduType)bytes[0], bytes[PduHeader.Size..(int)size].ToArray()));
            bytes = bytes[(int)size..];
        }

        return new(pdus, bytes.IsEmpty);
    }

    public bool Has(PduType type) => Pdus.Any(pdu => pdu.Type == type);

    /// <summary>The messages in its P-DATA-TFs; null where they are no messages.</summary>
    /// <param name="isComplete">Whether the last of them is whole.</param>
    public List<CommandSet>? Messages(out bool isComplete)
    {
        List<CommandSet> messages = [];
        var assembler = new DimseAssembler(new());
        isComplete = false;
        try
        {
            foreach (var (_, body) in Pdus.Where(pdu => pdu.Type == PduType.PDataTf))
            {
                foreach (var pdv in PduReader.ReadPData(body))
                {
                    if (assembler.Add(pdv) is DimseStep.CommandComplete or DimseStep.LastDataFragment)
                    {
                        messages.Add(assembler.Command!);
                    }
                }
            }
        }
        catch (Exception error) when (error is DimseException or PduException)
        {
            return null;
        }

        isComplete = assembler.IsIdle;
        return messages;
    }
}
