using Microsoft.Data.Sqlite;

namespace Dicom.Net.Samples;

/// <summary>A folder with a file for each instance, below a folder for its study, and the index of them.</summary>
internal sealed class Archive : IDisposable
{
    private readonly InstanceLocks _instances = new();
    private readonly InstanceLocks _studies = new();
    private readonly StoragePolicy _policy;
    private readonly FolderBudget _budget;

    private Archive(string path, ArchiveIndex index, StoragePolicy policy)
    {
        Path = path;
        Index = index;
        _policy = policy;
        _budget = new(path, policy.MaximumBytes);
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    public ArchiveIndex Index { get; }

    /// <summary>Opens an archive. Where there is no index, or one of another version, it is made of the files.</summary>
    /// <exception cref="IOException">The folder cannot be read, or the index can be neither opened nor made.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    public static Archive Open(DirectoryInfo folder, StoragePolicy policy)
    {
        var path = folder.FullName;
        DicomFolder.Create(path);
        var index = System.IO.Path.Combine(path, "index.db");
        try
        {
            var archive = new Archive(path, ArchiveIndex.Open(index, policy.FlushesToDisk, out var isNew), policy);
            if (isNew)
            {
                archive.Index.Fill(archive.AddFiles);
            }

            return archive;
        }
        catch (SqliteException error)
        {
            throw new IOException($"{index}: {error.Message} If it is damaged, delete it: it is made anew from the files.", error);
        }
    }

    /// <summary>Keeps an instance: when this returns, file and index are on the disk, or the policy for duplicates wants neither.</summary>
    /// <returns>What became of it, in words.</returns>
    /// <exception cref="InstanceException">It is none that could be kept here, or one too many.</exception>
    /// <exception cref="IOException">It could not be kept, and all is as before: the disk is full, say.</exception>
    /// <exception cref="UnauthorizedAccessException">As above: nothing may be written.</exception>
    /// <exception cref="SqliteException">As above: the disk is full, say.</exception>
    public string Keep(DicomDataSet dataSet)
    {
        var study = UidOf(dataSet, DicomTag.StudyInstanceUID);
        _ = UidOf(dataSet, DicomTag.SeriesInstanceUID);
        var instance = UidOf(dataSet, DicomTag.SOPInstanceUID);
        _budget.Require();
        lock (_instances.Of(instance))
        {
            var kept = Index.Find(instance);
            if (kept is null || !File.Exists(PathOf(kept.Path)))
            {
                return $"stored as {Add(dataSet, study, instance, kept)}";
            }

            if (InstanceFolder.Holds(PathOf(kept.Path), dataSet))
            {
                return "stored before";
            }

            return _policy.Duplicates switch
            {
                DuplicatePolicy.KeepFirst => "dropped, there is another one of this UID",
                DuplicatePolicy.Replace => $"stored as {Add(dataSet, study, instance, kept)}, replaces another one of this UID",
                _ => throw InstanceException.Duplicate(),
            };
        }
    }

    /// <summary>The path of a file of the index.</summary>
    public string PathOf(string file) => System.IO.Path.Combine(Path, file);

    public void Dispose() => Index.Dispose();

    /// <summary>Adds an instance; if there is one of its UID, under another name, so that there is always one.</summary>
    /// <returns>The file.</returns>
    private string Add(DicomDataSet dataSet, string study, string instance, StoredInstance? kept)
    {
        var folder = FolderOf(study);
        var name = System.IO.Path.Combine(study, $"{instance}.dcm");
        var file = kept?.Path == name ? System.IO.Path.Combine(study, $"{instance}-2.dcm") : name;
        try
        {
            lock (_studies.Of(study))
            {
                DicomFolder.Create(folder);
            }

            // What may lie there is not in the index: it was never acknowledged.
            dataSet.Save(PathOf(file), overwrite: true, _policy.FlushesToDisk);
            Index.Put(dataSet, file);
        }
        catch
        {
            Remove(file, folder);
            throw;
        }

        _budget.Add(PathOf(file));
        if (kept is not null)
        {
            // If that fails, it lies there, and the next index is made of the newer one.
            TryDelete(() => File.Delete(PathOf(kept.Path)));
        }

        return file;
    }

    // Somebody's link would have files written and deleted outside of the archive.
    private string FolderOf(string study)
    {
        var folder = PathOf(study);
        return new DirectoryInfo(folder).LinkTarget is null
            ? folder
            : throw new IOException($"{folder} is a link: what is kept is kept in the archive.");
    }

    // Nothing stays of what was refused, and no folder of a study that has nothing in it.
    private void Remove(string file, string folder)
    {
        TryDelete(() => File.Delete(PathOf(file)));
        TryDelete(() => Directory.Delete(folder));
    }

    private static void TryDelete(Action delete)
    {
        try
        {
            delete();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Not there, not empty, or not to be changed.
        }
    }

    // As it stands there: a space before a UID makes it none.
    private static string UidOf(DicomDataSet dataSet, DicomTag tag) =>
        dataSet.TryGetString(tag, out var uid) && UidText.IsUid(uid)
            ? uid
            : throw new InstanceException(
                DicomCommandStatusType.DataSetDoesNotMatchSopClass, $"{DicomDictionary.GetKeyword(tag)} is missing or no UID");

    // Of two files with one UID the newer one counts: it has replaced the other.
    private void AddFiles()
    {
        var files = new DirectoryInfo(Path).EnumerateFiles("*.dcm", SearchOption.AllDirectories);
        foreach (var path in files.OrderBy(file => file.LastWriteTimeUtc).Select(file => file.FullName))
        {
            try
            {
                using var dataSet = DicomDataSet.Load(path);
                Index.Put(dataSet, System.IO.Path.GetRelativePath(Path, path));
            }
            catch (IOException error)
            {
                Console.Error.WriteLine($"{path}: not indexed: {error.Message}");
            }
        }
    }
}
