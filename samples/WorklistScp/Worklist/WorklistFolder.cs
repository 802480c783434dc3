using System.Text.Json;

namespace Dicom.Net.Samples;

/// <summary>
/// A folder of worklist entries, one in each file: DICOM JSON (.json) or DICOM (.dcm, .wl). A change of a file is seen at once.
/// </summary>
internal sealed class WorklistFolder(DirectoryInfo folder)
{
    private static readonly string[] Suffixes = [".json", ".dcm", ".wl"];

    private readonly Lock _lock = new();
    private Dictionary<string, WorklistFile> _files = [];

    /// <summary>The entries as they are now: one for each scheduled procedure step (PS3.4 §K.6.1.2.2).</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    public IReadOnlyList<DicomDataSet> Entries()
    {
        lock (_lock)
        {
            _files = folder.EnumerateFiles()
                .Where(file => Suffixes.Contains(file.Extension, StringComparer.OrdinalIgnoreCase))
                .OrderBy(file => file.Name, StringComparer.Ordinal)
                .ToDictionary(file => file.Name, Current);
            return [.. _files.Values.SelectMany(file => file.Entries)];
        }
    }

    private WorklistFile Current(FileInfo file)
    {
        var isKnown = _files.TryGetValue(file.Name, out var known);
        return isKnown && known!.Changed == file.LastWriteTimeUtc && known.Length == file.Length
            ? known
            : new(file.LastWriteTimeUtc, file.Length, Read(file));
    }

    // One bad file does not hide the others; it is tried again when it has changed.
    private static DicomDataSet[] Read(FileInfo file)
    {
        try
        {
            return [.. Steps(Load(file))];
        }
        catch (Exception error) when (
            error is IOException or UnauthorizedAccessException or JsonException or FormatException or ArgumentException)
        {
            Console.Error.WriteLine($"{file.FullName}: no worklist entry: {error.Message}");
            return [];
        }
    }

    private static DicomDataSet Load(FileInfo file)
    {
        if (file.Extension.Equals(".json", StringComparison.OrdinalIgnoreCase))
        {
            return JsonDataSet.Parse(File.ReadAllBytes(file.FullName));
        }

        using var dataSet = DicomDataSet.Load(file.FullName);
        return DataSetCopy.Of(dataSet);
    }

    private static IEnumerable<DicomDataSet> Steps(DicomDataSet entry)
    {
        var hasSteps = entry.TryGetItems(DicomTag.ScheduledProcedureStepSequence, out var steps);
        return !hasSteps || steps!.Count < 2 ? [entry] : steps.Select(step =>
        {
            var copy = DataSetCopy.Of(entry);
            copy.SetItems(DicomTag.ScheduledProcedureStepSequence, DataSetCopy.Of(step));
            return copy;
        });
    }

    private sealed record WorklistFile(DateTime Changed, long Length, DicomDataSet[] Entries);
}
