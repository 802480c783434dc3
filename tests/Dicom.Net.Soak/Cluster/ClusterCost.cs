using System.Globalization;

namespace Dicom.Net.Soak.Cluster;

/// <summary>What the load costs, by program: from the system's count of each process's time.</summary>
internal sealed class ClusterCost
{
    // proc(5), /proc/PID/stat, numbered from the field after the name: parent, then utime, stime, cutime, cstime. Hundredths of a second
    // (sysconf(_SC_CLK_TCK) on Linux).
    private const int Parent = 1, FirstTime = 11, Times = 4;
    private const double Tick = 0.01;

    private readonly int _root;
    private readonly Dictionary<string, double> _before;

    /// <param name="root">The process whose descendants are counted.</param>
    public ClusterCost(int root)
    {
        _root = root;
        _before = Seconds();
    }

    /// <summary>Says what was done, and what it has cost since the beginning.</summary>
    public void Tell(TimeSpan time, int instances, int associations, long bytes)
    {
        var rate = string.Create(
            CultureInfo.InvariantCulture,
            $"{instances / time.TotalSeconds:F0} instances/s, {associations / time.TotalSeconds:F0} associations/s, "
            + $"{bytes / time.TotalSeconds / (1 << 20):F1} MiB/s");
        var costs = Seconds().OrderBy(cost => cost.Key, StringComparer.Ordinal).Select(cost => string.Create(
            CultureInfo.InvariantCulture,
            $"{cost.Key} {1000 * (cost.Value - _before.GetValueOrDefault(cost.Key)) / Math.Max(1, instances):F2}"));
        Console.WriteLine($"{rate}; processor time in ms for each instance: {string.Join(", ", costs)}");
    }

    private Dictionary<string, double> Seconds()
    {
        var processes = Directory.GetDirectories("/proc").Select(Read).OfType<(int Id, int Parent, string Name, double Seconds)>().ToArray();
        var family = new HashSet<int> { _root };
        while (processes.Where(process => family.Contains(process.Parent)).Select(process => process.Id).Except(family).ToArray() is { Length: > 0 } more)
        {
            family.UnionWith(more);
        }

        return processes.Where(process => family.Contains(process.Id)).GroupBy(process => process.Name)
            .ToDictionary(group => group.Key, group => group.Sum(process => process.Seconds));
    }

    private static (int Id, int Parent, string Name, double Seconds)? Read(string folder)
    {
        if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return null;
        }

        try
        {
            // The name is in brackets, and may have some itself.
            var text = File.ReadAllText(Path.Combine(folder, "stat"));
            var (open, close) = (text.IndexOf('(', StringComparison.Ordinal), text.LastIndexOf(')'));
            var fields = text[(close + 2)..].Split(' ');
            var ticks = fields.Skip(FirstTime).Take(Times).Sum(field => long.Parse(field, CultureInfo.InvariantCulture));
            return (id, int.Parse(fields[Parent], CultureInfo.InvariantCulture), text[(open + 1)..close], ticks * Tick);
        }
        catch (IOException)
        {
            return null; // Ended meanwhile.
        }
    }
}
