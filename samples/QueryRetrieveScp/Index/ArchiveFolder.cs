namespace Dicom.Net.Samples;

/// <summary>
/// The files of an archive: one for each instance, in a folder for its study. No two programs ever write to the same file: where the folder
/// is shared, each has names of its own, so that nothing depends on how exactly a network's file system creates one. No program deletes
/// another's file, unless it has taken the instance's row in the index.
/// </summary>
internal sealed class ArchiveFolder
{
    // Arbitrary: as many files may bear a UID. There are two while one replaces another; more, where programs were killed in between.
    private const int MaximumOfOneUid = 1000;

    private readonly InstanceLocks _studies = new();
    private readonly InstanceLocks _names = new();
    private readonly bool _flushesToDisk;
    private readonly string _node;

    /// <summary>Opens the folder, or makes it. A shared one is not made: where it is not there, it is not mounted.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="flushesToDisk">Whether a file that was saved is on the disk.</param>
    /// <param name="isShared">Whether other programs may save files there, too.</param>
    /// <exception cref="IOException">It can be neither read nor made.</exception>
    public ArchiveFolder(DirectoryInfo folder, bool flushesToDisk, bool isShared)
    {
        _node = isShared ? $"-{Random.Shared.NextInt64(1L << 48):x12}" : "";
        Path = folder.FullName;
        _flushesToDisk = flushesToDisk;
        if (!isShared)
        {
            DicomFolder.Create(Path);
        }
    }

    public string Path { get; }

    /// <summary>The path of a file.</summary>
    public string PathOf(string file) => System.IO.Path.Combine(Path, file);

    /// <summary>The files that there are, the oldest first.</summary>
    public IEnumerable<string> Files() => new DirectoryInfo(Path).EnumerateFiles("*.dcm", SearchOption.AllDirectories)
        .OrderBy(file => file.LastWriteTimeUtc)
        .Select(file => System.IO.Path.GetRelativePath(Path, file.FullName));

    /// <summary>Whether a file is there. <see cref="File.Exists"/> says no as well where the disk, or the network, does not answer.</summary>
    /// <exception cref="IOException">That cannot be told.</exception>
    /// <exception cref="UnauthorizedAccessException">As above: nobody may look.</exception>
    public bool Has(string file)
    {
        try
        {
            File.GetAttributes(PathOf(file));
            return true;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    /// <summary>Saves an instance under a name that is free.</summary>
    /// <returns>The file.</returns>
    /// <exception cref="IOException">It cannot be saved, and there is nothing of it.</exception>
    public string Save(DicomDataSet dataSet, string study, string instance)
    {
        using (_names.Enter(instance))
        {
            for (var number = 1; number <= MaximumOfOneUid; number++)
            {
                var file = System.IO.Path.Combine(study, $"{instance}{_node}{(number == 1 ? "" : $"-{number}")}.dcm");
                if (!File.Exists(PathOf(file)) && TrySave(dataSet, study, file))
                {
                    return file;
                }
            }
        }

        throw new IOException($"there are {MaximumOfOneUid} files of this UID already");
    }

    /// <summary>Deletes a file, as far as that can be done, and the folder of a study that has nothing else in it.</summary>
    public void Remove(string file)
    {
        TryDelete(() => File.Delete(PathOf(file)));
        TryDelete(() => Directory.Delete(System.IO.Path.GetDirectoryName(PathOf(file))!));
    }

    /// <returns>False: the name is taken, by a link that leads nowhere, say; or the folder is gone, with what was removed from it.</returns>
    private bool TrySave(DicomDataSet dataSet, string study, string file)
    {
        try
        {
            using (_studies.Enter(study))
            {
                DicomFolder.Create(FolderOf(study));
            }

            dataSet.Save(PathOf(file), overwrite: false, _flushesToDisk);
            return true;
        }
        catch (IOException error) when (InstanceFolder.IsTaken(error) || error is DirectoryNotFoundException)
        {
            return false;
        }
        catch
        {
            // A disk that fails late leaves a file, and any failure a folder. The name was free, and nobody else takes it meanwhile: another
            // node has names of its own, and of a folder that is not shared there is one program.
            Remove(file);
            throw;
        }
    }

    // Somebody's link would have files written and deleted outside of the archive.
    private string FolderOf(string study)
    {
        var folder = PathOf(study);
        return new DirectoryInfo(folder).LinkTarget is null
            ? folder
            : throw new IOException($"{folder} is a link: what is kept is kept in the archive.");
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
}
