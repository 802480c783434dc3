using System.Text.RegularExpressions;

namespace Dicom.Net.Samples;

/// <summary>What a program that was killed has left: parts of instances, and whole ones whose senders were never told that they are kept.</summary>
internal static partial class Leftovers
{
    // What is being received is written to all the time, or given up: after a minute of silence, by default. Arbitrary: much longer.
    private static readonly TimeSpan Age = TimeSpan.FromHours(1);

    // The folder itself and the folders of studies in it. Nobody's links are followed out of it.
    private static readonly EnumerationOptions Here = new()
    {
        AttributesToSkip = FileAttributes.ReparsePoint,
        RecurseSubdirectories = true,
        MaxRecursionDepth = 1,
    };

    /// <summary>
    /// Deletes files that bear the library's temporary names and have not been written to for an hour. Another program that receives into
    /// the same folder keeps its own.
    /// </summary>
    public static void Delete(string folder)
    {
        var limit = DateTime.UtcNow - Age;
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", Here))
        {
            if (TemporaryName().IsMatch(file.Name) && file.LastWriteTimeUtc < limit)
            {
                Console.WriteLine($"{file.Name}: left by a program that was killed, deleted");
                file.Delete();
            }
        }
    }

    [GeneratedRegex(@"^(dicomnet-[0-9a-f]{32}\.part|\.[0-9a-f]{32}\.dcm\.tmp)\z", RegexOptions.CultureInvariant)]
    private static partial Regex TemporaryName();
}
