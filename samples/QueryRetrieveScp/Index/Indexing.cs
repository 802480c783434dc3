namespace Dicom.Net.Samples;

/// <summary>Makes the index of the files that there are. Whatever it leaves out, nobody finds any more: so it had better fail.</summary>
/// <param name="index">The index.</param>
/// <param name="folder">The files.</param>
/// <param name="pause">Waits; null: really.</param>
internal sealed class Indexing(ArchiveIndex index, ArchiveFolder folder, Action<TimeSpan>? pause = null)
{
    // Arbitrary: a disk or share that hiccups has an answer then, and one that does not has failed.
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(5)];

    private readonly Action<TimeSpan> _pause = pause ?? Thread.Sleep;

    /// <summary>Adds each file. Of two with one UID the newer one counts: it has replaced the other.</summary>
    /// <exception cref="IOException">The index cannot be written, or a file not be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public void Run()
    {
        foreach (var file in folder.Files())
        {
            if (ReadPatiently(file) is { } instance)
            {
                index.TryPut(instance, index.Find(instance.Uid));
            }
        }
    }

    private IndexedInstance? ReadPatiently(string file)
    {
        foreach (var length in Pauses)
        {
            try
            {
                return Read(file);
            }
            catch (IOException)
            {
                _pause(length);
            }
        }

        return Read(file);
    }

    /// <returns>Null: there is no instance in it, or it is gone.</returns>
    private IndexedInstance? Read(string file)
    {
        try
        {
            using var dataSet = DicomDataSet.Load(folder.PathOf(file));
            return IndexedInstance.Of(dataSet, file);
        }
        catch (Exception error) when (error is DataSetException or FileNotFoundException or DirectoryNotFoundException)
        {
            Console.Error.WriteLine($"{file}: not indexed: {error.Message}");
            return null;
        }
        catch (IOException error)
        {
            throw new IOException($"{file} cannot be read, and the index is not made without it: {error.Message}", error);
        }
    }
}
