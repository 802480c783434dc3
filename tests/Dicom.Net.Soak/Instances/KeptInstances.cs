using System.Buffers.Binary;

namespace Dicom.Net.Soak.Instances;

/// <summary>What a server has kept, against what it should have.</summary>
internal static class KeptInstances
{
    // PS3.10 §7.1: preamble and prefix; then (0002,0000), whose value is the length of what follows it before the data set.
    private const int MetaStart = 128 + 4, GroupLengthElement = 12;

    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, RecurseSubdirectories = true };

    /// <summary>Looks at every file, hidden ones too.</summary>
    /// <param name="folder">Where they are.</param>
    /// <param name="acknowledged">The UIDs of what was acknowledged with success.</param>
    /// <param name="mayBePartial">Whether unfinished files may lie there: the server was killed.</param>
    /// <returns>How many instances there are, and what is wrong.</returns>
    public static (int Whole, List<string> Faults) Check(string folder, IEnumerable<string> acknowledged, bool mayBePartial)
    {
        var faults = new List<string>();
        var whole = new HashSet<string>();
        foreach (var file in Directory.EnumerateFiles(folder, "*", Everything))
        {
            var name = Path.GetFileName(file);
            if (name.StartsWith("index.db", StringComparison.Ordinal) || name == "archive.id")
            {
                continue;
            }

            if (Path.GetExtension(name) != ".dcm" || SoakInstance.Of(UidOf(name)) is not { } instance)
            {
                if (!mayBePartial || !IsUnfinished(name))
                {
                    faults.Add($"{file} should not be there");
                }
            }
            else if (!IsWhole(file, instance))
            {
                faults.Add($"{file} is not what was sent");
            }
            else
            {
                whole.Add(instance.Uid);
            }
        }

        faults.AddRange(acknowledged.Where(uid => !whole.Contains(uid)).Select(uid => $"{uid} was acknowledged, and is not whole on disk"));
        return (whole.Count, faults);
    }

    // A node of an archive has its own ending for names.
    private static string UidOf(string name) => Path.GetFileNameWithoutExtension(name).Split('-')[0];

    private static bool IsUnfinished(string name) =>
        name.EndsWith(".part", StringComparison.Ordinal) || name.EndsWith(".tmp", StringComparison.Ordinal);

    private static bool IsWhole(string file, SoakInstance instance)
    {
        var bytes = File.ReadAllBytes(file);
        if (bytes.Length < MetaStart + GroupLengthElement || !bytes.AsSpan(MetaStart - 4, 4).SequenceEqual("DICM"u8))
        {
            return false;
        }

        var start = (long)MetaStart + GroupLengthElement + BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(MetaStart + 8));
        return start <= bytes.Length && bytes.AsSpan((int)start).SequenceEqual(instance.Encode());
    }
}
