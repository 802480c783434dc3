using Dicom.Net.Associations;
using Dicom.Net.Fuzz.Inputs;
using Dicom.Net.Fuzz.Running;
using Dicom.Net.UpperLayer;

namespace Dicom.Net.Fuzz.Conversations;

/// <summary>What a peer will say, in which pieces, how it leaves, and whom it talks to.</summary>
internal sealed record ConversationPlan
{
    public required AssociationRole Role { get; init; }

    /// <summary>All that the peer says.</summary>
    public required byte[] Bytes { get; init; }

    /// <summary>The same, as the network delivers it.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> Chunks { get; init; }

    public ConversationEnd End { get; init; }

    /// <summary>Whether the peer says what an honest one does, to its end.</summary>
    public bool IsHonest { get; init; }

    /// <summary>Whether the application answers each question once and at once.</summary>
    public bool IsPolite { get; init; }

    /// <summary>Whether time passes, the application wishes something, or the network falters while the peer talks.</summary>
    public bool Interrupts { get; init; }

    public SpoolOptions Spool { get; init; } = new();

    /// <summary>A plan of the choices.</summary>
    public static ConversationPlan Any(FuzzRandom random)
    {
        var isAcceptor = !random.OneIn(3);
        var isHonest = random.OneIn(3);
        var pdus = isHonest ? PeerScript.Valid(random, isAcceptor) : PeerScript.Damaged(random, isAcceptor);
        var bytes = pdus.SelectMany(pdu => pdu).ToArray();
        if (!isHonest && random.OneIn(4))
        {
            bytes = Mutator.Mutate(bytes, random.Pick(Corpus.Shared.Of("conversation")), random);
        }

        var length = bytes.Length;
        if (random.OneIn(3) && length > 0)
        {
            isHonest = false;
            length = random.Next(length);
        }

        return new()
        {
            Role = isAcceptor ? AssociationRole.Acceptor : AssociationRole.Requestor,
            Bytes = bytes,
            Chunks = isHonest
                ? [.. Cut(bytes.AsMemory(0, pdus[0].Length), [], random), .. Cut(bytes.AsMemory(pdus[0].Length), pdus[1..], random)]
                : Cut(bytes.AsMemory(0, length), pdus, random),
            End = random.Pick([ConversationEnd.Close, ConversationEnd.Close, ConversationEnd.Break, ConversationEnd.Stall]),
            IsHonest = isHonest,
            IsPolite = random.OneIn(2),
            Interrupts = random.OneIn(2),
        };
    }

    public override string ToString() =>
        $"{Bytes.Length} bytes in {Chunks.Count} pieces, then {End}; honest: {IsHonest}, polite: {IsPolite}, interrupts: {Interrupts}";

    /// <summary>All at once (but an honest peer waits for its association), PDU by PDU, byte by byte, or anyhow.</summary>
    private static List<ReadOnlyMemory<byte>> Cut(ReadOnlyMemory<byte> bytes, List<byte[]> pdus, FuzzRandom random)
    {
        var kind = random.Next(bytes.Length < 2000 ? 8 : 7);
        List<ReadOnlyMemory<byte>> chunks = [];
        for (int at = 0, i = 0; at < bytes.Length; i++)
        {
            var length = kind switch
            {
                < 2 => bytes.Length,
                < 5 => i < pdus.Count ? Math.Max(1, pdus[i].Length) : bytes.Length,
                7 => 1,
                _ => random.Next(1, 400),
            };
            chunks.Add(bytes.Slice(at, Math.Min(length, bytes.Length - at)));
            at += length;
        }

        return chunks;
    }
}
