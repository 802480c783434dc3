using Dicom.Net.Fuzz.Conversations;
using Dicom.Net.Fuzz.Running;
using Dicom.Net.Pdus;

namespace Dicom.Net.Fuzz.Inputs;

/// <summary>Writes the corpus: valid inputs of every kind, the same each time.</summary>
internal static class CorpusWriter
{
    /// <summary>Arbitrary, and never changed: a new corpus differs from the old one only in what the grammars have learnt.</summary>
    private const ulong Seed = 20261123;

    public static void Write(string folder)
    {
        foreach (var kind in Corpus.Kinds)
        {
            Directory.CreateDirectory(Path.Combine(folder, kind));
        }

        foreach (var type in Enum.GetValues<PduType>())
        {
            Save(folder, "pdu", $"{(int)type}", i => Pdu(type, new(Seed, i)), type is PduType.AAssociateRq or PduType.AAssociateAc ? 4 : 1);
        }

        foreach (var field in CommandGrammar.Fields)
        {
            Save(folder, "command", $"{(int)field:x4}", i => CommandGrammar.Of(new(Seed, i), field, 1, i % 2 == 1), 1);
        }

        foreach (var syntax in DataSetGrammar.Syntaxes)
        {
            Save(folder, "dataset", syntax.Uid, i => DataSetGrammar.Any(new(Seed, i), syntax), 4);
        }

        Save(folder, "file", "file", i => FileGrammar.Any(new(Seed, i)), 8);
        Save(folder, "proxy", "header", i => ProxyGrammar.Any(new(Seed, i)), 16);
        Save(folder, "conversation", "peer", i => [.. PeerScript.Valid(new(Seed, i), isAcceptor: i % 2 == 0).SelectMany(pdu => pdu)], 8);
    }

    private static byte[] Pdu(PduType type, FuzzRandom random)
    {
        var writer = new FieldWriter(random);
        if (type is PduType.AAssociateRq or PduType.AAssociateAc)
        {
            PduGrammar.Associate(writer, random, type);
        }
        else if (type is PduType.PDataTf)
        {
            PduGrammar.PData(writer, random);
        }
        else
        {
            PduGrammar.Fixed(writer, type, [0, 1, 1, 1]);
        }

        return writer.ToArray();
    }

    private static void Save(string folder, string kind, string name, Func<int, byte[]> make, int count)
    {
        for (var i = 0; i < count; i++)
        {
            File.WriteAllBytes(Path.Combine(folder, kind, $"{name}-{i}.bin"), make(i));
        }
    }
}
