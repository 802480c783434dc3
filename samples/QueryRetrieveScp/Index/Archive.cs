using Microsoft.Data.Sqlite;

namespace Dicom.Net.Samples;

/// <summary>A folder with a file for each instance, below a folder for its study, and the index of them.</summary>
internal sealed class Archive : IDisposable
{
    // Arbitrary: as many instances may be kept at once.
    private const int Stripes = 64;

    private readonly Lock[] _stripes = [.. Enumerable.Range(0, Stripes).Select(_ => new Lock())];

    private Archive(string path, ArchiveIndex index) => (Path, Index) = (path, index);

    /// <summary>The folder.</summary>
    public string Path { get; }

    public ArchiveIndex Index { get; }

    /// <summary>Opens an archive. Where there is no index, or one of another version, it is made of the files.</summary>
    /// <exception cref="IOException">The folder cannot be read, or the index can be neither opened nor made.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    public static Archive Open(DirectoryInfo folder)
    {
        var path = Directory.CreateDirectory(folder.FullName).FullName;
        var index = System.IO.Path.Combine(path, "index.db");
        try
        {
            var archive = new Archive(path, ArchiveIndex.Open(index, out var isNew));
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

    /// <summary>
    /// Keeps an instance: when this returns, file and index are on the disk. One of a UID that is there is the same (PS3.5 §9).
    /// </summary>
    /// <returns>What became of it, in words.</returns>
    /// <exception cref="InstanceException">It is none that could be kept here.</exception>
    /// <exception cref="IOException">It could not be kept: the disk is full, say.</exception>
    /// <exception cref="SqliteException">It could not be kept: the disk is full, say.</exception>
    public string Keep(DicomDataSet dataSet)
    {
        var study = UidOf(dataSet, DicomTag.StudyInstanceUID);
        _ = UidOf(dataSet, DicomTag.SeriesInstanceUID);
        var instance = UidOf(dataSet, DicomTag.SOPInstanceUID);
        lock (_stripes[(uint)instance.GetHashCode(StringComparison.Ordinal) % Stripes])
        {
            if (Index.Find(instance) is not null)
            {
                return "stored before";
            }

            // What lies there is not in the index: it was never acknowledged.
            var file = System.IO.Path.Combine(study, $"{instance}.dcm");
            CreateFolder(study);
            dataSet.Save(PathOf(file), overwrite: true);
            return Index.Add(dataSet, file) ? $"stored as {file}" : "stored before";
        }
    }

    /// <summary>The path of a file of the index.</summary>
    public string PathOf(string file) => System.IO.Path.Combine(Path, file);

    public void Dispose() => Index.Dispose();

    private void CreateFolder(string study)
    {
        var folder = Directory.CreateDirectory(System.IO.Path.Combine(Path, study));
        if (folder.LinkTarget is not null)
        {
            throw new IOException($"{folder.FullName} is a link: what is kept is kept in the archive.");
        }
    }

    private static string UidOf(DicomDataSet dataSet, DicomTag tag)
    {
        var uid = Identifier.TextOf(dataSet, tag);
        return InstanceFolder.IsUid(uid)
            ? uid
            : throw new InstanceException(
                DicomCommandStatusType.DataSetDoesNotMatchSopClass, $"{DicomDictionary.GetKeyword(tag)} is missing or no UID");
    }

    private void AddFiles()
    {
        foreach (var path in Directory.EnumerateFiles(Path, "*.dcm", SearchOption.AllDirectories))
        {
            try
            {
                using var dataSet = DicomDataSet.Load(path);
                Index.Add(dataSet, System.IO.Path.GetRelativePath(Path, path));
            }
            catch (IOException error)
            {
                Console.Error.WriteLine($"{path}: not indexed: {error.Message}");
            }
        }
    }
}
