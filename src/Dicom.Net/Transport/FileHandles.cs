using System.Globalization;

namespace Dicom.Net.Transport;

/// <summary>The file handles of this process, as Linux counts them.</summary>
internal static class FileHandles
{
    private const string LimitsFile = "/proc/self/limits";

    // Has an entry for each handle, as /proc/self/fd has; but there they are links, which .NET follows one by one: seven times as slow.
    private const string OpenHandlesFolder = "/proc/self/fdinfo";

    /// <summary>
    /// How many handles this process may still open. Counting is the only way to know: whoever opens handles until it fails has taken the
    /// last one, for that moment, from a thread that may not survive it.
    /// </summary>
    /// <returns>The number, 0 also if there are too few to count them; null where it cannot be known or there is no limit.</returns>
    public static int? Free()
    {
        if (!OperatingSystem.IsLinux())
        {
            return null; // Windows has no such limit; macOS tells it by a system call alone, and is no place for a server.
        }

        try
        {
            // Read again each time, since prlimit(1) changes it while the process runs. The one that the counting itself opens is free again.
            return SoftLimit(File.ReadLines(LimitsFile)) is { } limit
                ? Math.Max(0, limit - Directory.EnumerateFileSystemEntries(OpenHandlesFolder).Count() + 1)
                : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            return null; // no /proc here
        }
        catch (IOException)
        {
            return 0; // EMFILE, ENFILE
        }
    }

    /// <summary>Finds the limit that counts, proc_pid_limits(5): the first number of its line.</summary>
    internal static int? SoftLimit(IEnumerable<string> limits)
    {
        const string name = "Max open files";
        var line = limits.FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
        var value = line?[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : null; // else "unlimited"
    }
}
