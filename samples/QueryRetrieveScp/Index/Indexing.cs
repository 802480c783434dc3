namespace Dicom.Net.Samples;

/// <summary>Makes the index of the files that there are. Whatever it leaves out, nobody finds any more: so it had better fail.</summary>
/// <param name="index">The index.</param>
/// <param name="folder">The files.</param>
/// <param name="ended">When it is to end at once: the next start begins anew.</param>
/// <param name="pause">Waits; null: really.</param>
internal sealed class Indexing(ArchiveIndex index, ArchiveFolder folder, CancellationToken ended, Action<TimeSpan>? pause = null)
{
    // Arbitrary: a commit for each would take longer than all the rest, and what is read of so many takes little memory.
    private const int FilesOfATransaction = 500;

    // Arbitrary: a disk or share that hiccups has an answer then, and one that does not has failed.
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(5)];

    private readonly Action<TimeSpan> _pause = pause ?? (length => ended.WaitHandle.WaitOne(length));

    /// <summary>Adds each file. Of two with one UID the newer one counts: it has replaced the other.</summary>
    /// <exception cref="IOException">The index cannot be written, or a file not be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    /// <exception cref="OperationCanceledException">It was to end.</exception>
    public void Run()
    {
        foreach (var files in folder.Files().Chunk(FilesOfATransaction))
        {
            index.PutAll([.. files.Select(ReadPatiently).OfType<IndexedInstance>()]);
        }
    }

    private IndexedInstance? ReadPatiently(string file)
    {
        foreach (var length in Pauses)
        {
            ended.ThrowIfCancellationRequested();
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
