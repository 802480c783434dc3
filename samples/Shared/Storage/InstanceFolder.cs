using System.Text.RegularExpressions;

namespace Dicom.Net.Samples;

/// <summary>A folder with a file for each instance. Peers choose UIDs, but never where a file comes to lie.</summary>
internal sealed partial class InstanceFolder(DirectoryInfo folder)
{
    // Arbitrary: a peer that sends so many different instances under one UID is broken.
    private const int MaximumOfOneUid = 1000;

    public string Path { get; } = Directory.CreateDirectory(folder.FullName).FullName;

    /// <summary>Digits and single dots, 1 to 64 characters (PS3.5 §9.1): nothing that a file system could mistake for a path.</summary>
    public static bool IsUid(string text) => text.Length <= 64 && Uid().IsMatch(text);

    /// <summary>Puts an instance under a name that was free.</summary>
    /// <returns>What became of it, in words.</returns>
    /// <exception cref="IOException">It is not in the folder: the disk is full, or there are too many of this UID.</exception>
    public string Keep(DicomDataSet instance, string uid)
    {
        var names = Enumerable.Range(1, MaximumOfOneUid).Select(number => number == 1 ? $"{uid}.dcm" : $"{uid}-{number}.dcm");
        var name = names.FirstOrDefault(free => TrySave(instance, PathOf(free)))
            ?? throw new IOException($"there are {MaximumOfOneUid} instances of this UID already");
        var same = names.TakeWhile(earlier => earlier != name).FirstOrDefault(earlier => HaveSameBytes(PathOf(earlier), PathOf(name)));
        if (same is null)
        {
            return $"stored as {name}";
        }

        // Sent again, perhaps since our answer did not arrive.
        File.Delete(PathOf(name));
        return $"stored before as {same}";
    }

    private string PathOf(string name) => System.IO.Path.Combine(Path, name);

    private static bool TrySave(DicomDataSet instance, string path)
    {
        try
        {
            if (!File.Exists(path))
            {
                instance.Save(path, overwrite: false);
                return true;
            }
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another association was faster.
        }

        return false;
    }

    private static bool HaveSameBytes(string one, string other)
    {
        try
        {
            using var first = File.OpenRead(one);
            using var second = File.OpenRead(other);
            return first.Length == second.Length && HaveSameBytes(first, second);
        }
        catch (FileNotFoundException)
        {
            // Another association found that its own was sent again, and deleted it.
            return false;
        }
    }

    private static bool HaveSameBytes(FileStream first, FileStream second)
    {
        // 64 KiB: arbitrary.
        var left = new byte[64 * 1024];
        var right = new byte[left.Length];
        for (int count; (count = first.ReadAtLeast(left, left.Length, throwOnEndOfStream: false)) > 0;)
        {
            second.ReadExactly(right, 0, count);
            if (!left.AsSpan(0, count).SequenceEqual(right.AsSpan(0, count)))
            {
                return false;
            }
        }

        return true;
    }

    [GeneratedRegex(@"^[0-9]+(\.[0-9]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Uid();
}
