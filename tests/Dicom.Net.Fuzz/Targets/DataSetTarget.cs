using Dicom.Net.DataSets;
using Dicom.Net.Fuzz.Inputs;
using Dicom.Net.Fuzz.Running;

namespace Dicom.Net.Fuzz.Targets;

/// <summary>
/// A data set of any transfer syntax: the outcome is its elements or a <see cref="DataSetException"/>, the same whether the bytes lie in one
/// piece or in several. What could be read can be copied, and written in every transfer syntax that it can be written in.
/// </summary>
internal sealed class DataSetTarget : IFuzzTarget
{
    // Windows, a stack, deflate's own state, and the pieces of 64 KiB that are inflated into.
    private const long AllocatedAlways = 2_000_000;

    // An element is some objects of a hundred bytes each for eight on the wire; a value is read in five ways at each of 64 levels.
    private const long AllocatedForEachByte = 3_000;

    public string Name => "dataset";

    public void Try(FuzzRandom random, FuzzCase fuzzCase)
    {
        var syntax = random.Pick<DicomTransferSyntax>(DataSetGrammar.Syntaxes);
        var bytes = fuzzCase.Input = Make(random, syntax);
        fuzzCase.Tell(() => $"in {syntax} ({syntax.Uid})");
        var allocations = new Allocations();
        using var whole = new DicomDataSet(EncodedDataSet.FromMemory(bytes, syntax.Uid), meta: null);
        using var pieces = new DicomDataSet(InPieces(bytes, syntax, random), meta: null);
        var walk = WalkOf(whole);
        RequireSame(walk, WalkOf(pieces), "in pieces");
        fuzzCase.IsTaken = walk is { Elements: > 0 };
        if (walk is not null)
        {
            Use(whole, walk);
        }

        allocations.RequireAtMost(AllocatedAlways, AllocatedForEachByte, LengthOf(whole, bytes));
    }

    /// <summary>Null: it is malformed.</summary>
    public static DataSetWalk? WalkOf(DicomDataSet dataSet)
    {
        try
        {
            return DataSetWalk.Of(dataSet);
        }
        catch (DataSetException refusal)
        {
            TextTarget.RequirePrintable(refusal.Message);
            return null;
        }
    }

    public static void RequireSame(DataSetWalk? expected, DataSetWalk? actual, string where)
    {
        var isSame = expected?.Hash == actual?.Hash && expected?.Elements == actual?.Elements;
        FuzzFinding.Unless(isSame, $"{expected?.Elements.ToString() ?? "Malformed"} elements, but {where} {actual?.Elements.ToString() ?? "malformed"}.");
    }

    private static byte[] Make(FuzzRandom random, DicomTransferSyntax syntax)
    {
        var plain = random.Next(8) switch
        {
            0 => random.NextBytes(random.Next(120)),
            < 4 => Mutator.Mutate(random.Pick(Corpus.Shared.Of("dataset")), random.Pick(Corpus.Shared.Of("dataset")), random),
            4 => Mutator.Mutate(DataSetGrammar.Any(random, syntax), default, random),
            _ => DataSetGrammar.Any(random, syntax, random.OneIn(3) ? -1 : random.Next(random.Pick([10, 60]))),
        };
        return syntax.IsDeflated && random.OneIn(3) ? DataSetGrammar.Deflated(plain) : plain;
    }

    private static EncodedDataSet InPieces(byte[] bytes, DicomTransferSyntax syntax, FuzzRandom random)
    {
        List<ReadOnlyMemory<byte>> pieces = [];
        for (var at = 0; at < bytes.Length;)
        {
            var length = Math.Min(random.Next(1, 100), bytes.Length - at);
            pieces.Add(bytes.AsMemory(at, length));
            at += length;
        }

        return EncodedDataSet.FromMemory([.. pieces], new MemoryStream(), syntax.Uid);
    }

    /// <summary>The length to hold memory against: inflated, where it is deflated.</summary>
    private static long LengthOf(DicomDataSet dataSet, byte[] bytes)
    {
        try
        {
            return Math.Max(dataSet.Content.Length, bytes.Length);
        }
        catch (DataSetException)
        {
            // Deflate makes at most 1032 bytes of one; how far it came before it was refused is not known.
            return bytes.Length * 1032L;
        }
    }

    private static void Use(DicomDataSet dataSet, DataSetWalk walk)
    {
        using (var copy = dataSet.Copy())
        {
            RequireSame(walk, WalkOf(copy), "in a copy");
        }

        foreach (var target in DataSetGrammar.Syntaxes)
        {
            Rewrite(dataSet, target);
        }

        // All of it anew, also what was not changed.
        try
        {
            using var rewritten = new DicomDataSet(DataSetWriter.Write(dataSet, dataSet.Syntax, copiesUnchanged: false), meta: null);
            RequireReadable(rewritten, walk);
        }
        catch (InvalidOperationException)
        {
            // Compressed pixel data in a native transfer syntax, or a value too long for its header: nothing to write it as.
        }
        catch (DataSetException)
        {
            // An element of 64 levels may contain one more that only its re-encoding opens.
        }
    }

    private static void Rewrite(DicomDataSet dataSet, DicomTransferSyntax target)
    {
        try
        {
            using var encoded = dataSet.Encode(target.Uid);
            using var again = new DicomDataSet(encoded.Share(), meta: null);
            if (target.IsExplicitVR || !dataSet.Syntax.IsExplicitVR)
            {
                RequireReadable(again, null);
            }
            else
            {
                // In implicit VR an element has the dictionary's VR, and may be malformed by that.
                WalkOf(again);
            }
        }
        catch (InvalidOperationException)
        {
            // Encapsulated, here or there: nothing is transcoded.
        }
        catch (DataSetException)
        {
            // As below.
        }
    }

    private static void RequireReadable(DicomDataSet rewritten, DataSetWalk? original)
    {
        try
        {
            var count = DataSetWalk.Of(rewritten).Elements;
            FuzzFinding.Unless(original is null || count == original.Elements, $"{original?.Elements} elements were written, {count} are read.");
        }
        catch (DataSetException error)
        {
            throw new FuzzFinding("What was read and written cannot be read again.", error);
        }
    }
}
