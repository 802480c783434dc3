using Dicom.Net.DataSets;
using Dicom.Net.Fuzz.Inputs;
using Dicom.Net.Fuzz.Running;

namespace Dicom.Net.Fuzz.Targets;

/// <summary>
/// A DICOM file: the outcome is a data set or a <see cref="DataSetException"/>, in memory and, for some, on disk the same. What could be
/// read can be saved, and loaded again as the same.
/// </summary>
internal sealed class FileTarget : IFuzzTarget
{
    // As of a data set; the bytes are in memory twice, and on disk with windows of 4 KiB.
    private const long AllocatedAlways = 4_000_000, AllocatedForEachByte = 6_000;

    /// <summary>How seldom a file is really made: it costs a hundred times as much as all the rest.</summary>
    private const int Seldom = 50;

    public string Name => "file";

    public void Try(FuzzRandom random, FuzzCase fuzzCase)
    {
        var bytes = fuzzCase.Input = Make(random);
        var allocations = new Allocations();
        var walk = WalkOf(bytes, out var length);
        fuzzCase.IsTaken = walk is { Elements: > 0 };
        if (random.OneIn(Seldom))
        {
            OnDisk(bytes, walk);
        }

        allocations.RequireAtMost(AllocatedAlways, AllocatedForEachByte, length);
    }

    private static byte[] Make(FuzzRandom random) => random.Next(8) switch
    {
        0 => random.NextBytes(random.Next(300)),
        < 4 => Mutator.Mutate(random.Pick(Corpus.Shared.Of("file")), random.Pick(Corpus.Shared.Of("file")), random),
        _ => FileGrammar.Any(random, random.OneIn(3) ? -1 : random.Next(30)),
    };

    private static DataSetWalk? WalkOf(byte[] bytes, out long length)
    {
        length = bytes.Length;
        FileMetaInformation meta;
        long offset;
        try
        {
            meta = FileMetaInformation.Read(bytes, out offset);
        }
        catch (DataSetException refusal)
        {
            TextTarget.RequirePrintable(refusal.Message);
            return null;
        }

        FuzzFinding.Unless(offset >= 0 && offset <= bytes.Length, $"The data set begins at {offset} of {bytes.Length}.");
        var rest = bytes.AsMemory((int)offset);
        using var dataSet = new DicomDataSet(EncodedDataSet.FromMemory(rest, meta.TransferSyntaxUid), meta);
        var walk = DataSetTarget.WalkOf(dataSet);
        length = dataSet.Syntax.IsDeflated ? bytes.Length * 1032L : bytes.Length;
        return walk;
    }

    private static void OnDisk(byte[] bytes, DataSetWalk? expected)
    {
        var folder = Directory.CreateTempSubdirectory("dicomnet-fuzz-");
        try
        {
            var path = Path.Combine(folder.FullName, "input.dcm");
            File.WriteAllBytes(path, bytes);
            using var dataSet = LoadOrNull(path);
            var walk = dataSet is null ? null : DataSetTarget.WalkOf(dataSet);
            DataSetTarget.RequireSame(expected, walk, "in a file");
            if (walk is not null)
            {
                SaveAgain(dataSet!, Path.Combine(folder.FullName, "saved.dcm"), walk);
            }

            var left = Directory.GetFiles(folder.FullName).Where(file => Path.GetFileName(file) is not ("input.dcm" or "saved.dcm"));
            FuzzFinding.Unless(!left.Any(), $"Left behind: {string.Join(", ", left)}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void SaveAgain(DicomDataSet dataSet, string path, DataSetWalk walk)
    {
        try
        {
            dataSet.Save(path, overwrite: false, flushToDisk: false);
        }
        catch (InvalidOperationException)
        {
            // A file must name its SOP class and instance, in 64 characters.
            return;
        }

        using var saved = LoadOrNull(path);
        FuzzFinding.Unless(saved is not null, "What was saved is no DICOM file.");
        DataSetTarget.RequireSame(walk, DataSetTarget.WalkOf(saved!), "as it was saved");
    }

    private static DicomDataSet? LoadOrNull(string path)
    {
        try
        {
            return DicomDataSet.Load(path);
        }
        catch (DataSetException)
        {
            return null;
        }
    }
}
