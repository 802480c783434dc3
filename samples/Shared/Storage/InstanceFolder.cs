namespace Dicom.Net.Samples;

/// <summary>A folder with a file for each instance. Peers choose UIDs, but never where a file comes to lie.</summary>
internal sealed class InstanceFolder
{
    // Arbitrary: a peer that sends so many different instances under one UID is broken. Each is read for the next one, to be compared with it.
    private const int MaximumOfOneUid = 16;

    private readonly InstanceLocks _locks = new();
    private readonly StoragePolicy _policy;
    private readonly FolderBudget _budget;

    /// <summary>Opens a folder, or makes it.</summary>
    /// <exception cref="IOException">It can be neither read nor made.</exception>
    public InstanceFolder(DirectoryInfo folder, StoragePolicy? policy = null)
    {
        Path = folder.FullName;
        DicomFolder.Create(Path);
        _policy = policy ?? new();
        _budget = new(Path, _policy.MaximumBytes);
    }

    public string Path { get; }

    /// <summary>Keeps an instance: when this returns, it is on the disk, or one with the same bytes is, or the policy wants neither.</summary>
    /// <returns>What became of it, in words.</returns>
    /// <exception cref="InstanceException">There is another one of this UID, and the policy refuses a second.</exception>
    /// <exception cref="IOException">It is not in the folder: the disk is full, or there are too many of this UID.</exception>
    public string Keep(DicomDataSet instance, string uid)
    {
        _budget.Require();
        using (_locks.Enter(uid))
        {
            for (var number = 1; number <= MaximumOfOneUid; number++)
            {
                if (KeepAs(number == 1 ? $"{uid}.dcm" : $"{uid}-{number}.dcm", instance) is { } outcome)
                {
                    return outcome;
                }
            }
        }

        throw new IOException($"there are {MaximumOfOneUid} instances of this UID already");
    }

    /// <summary>Whether there is a file of the name already. A disk that fails later has failed, though the file is there.</summary>
    public static bool IsTaken(IOException error) =>
        (error.HResult & 0xFFFF) is 17 or 80 or 183; // EEXIST; on Windows ERROR_FILE_EXISTS and ERROR_ALREADY_EXISTS.

    /// <returns>
    /// Null: what has that name stays, and this one is kept beside it. That is so, too, where it is no instance of the UID: nothing is dropped
    /// for the sake of a file that nobody can read, and nobody's file is lost.
    /// </returns>
    private string? KeepAs(string name, DicomDataSet instance)
    {
        var path = System.IO.Path.Combine(Path, name);
        if (TrySave(instance, path))
        {
            return $"stored as {name}";
        }

        switch (InstanceFile.ContentOf(path, instance), _policy.Duplicates)
        {
            case (InstanceFileContent.SameBytes, _):
                return KeepAgain(instance, path);
            case (InstanceFileContent.AnotherOfItsUid, DuplicatePolicy.KeepFirst):
                return $"dropped, {name} is another one of this UID";
            case (InstanceFileContent.AnotherOfItsUid, DuplicatePolicy.Reject):
                throw InstanceException.Duplicate();
            case (InstanceFileContent.AnotherOfItsUid or InstanceFileContent.Unreadable, DuplicatePolicy.Replace):
                instance.Save(path, overwrite: true, _policy.FlushesToDisk);
                return $"replaces {name}";
            default:
                return null;
        }
    }

    // Sent again, perhaps since our answer did not arrive; or since we were killed, or the disk failed, before the name was on the disk.
    private string KeepAgain(DicomDataSet instance, string path)
    {
        if (_policy.FlushesToDisk)
        {
            instance.Save(path, overwrite: true, flushToDisk: true);
        }

        return $"stored before as {System.IO.Path.GetFileName(path)}";
    }

    private bool TrySave(DicomDataSet instance, string path)
    {
        try
        {
            if (!File.Exists(path))
            {
                instance.Save(path, overwrite: false, _policy.FlushesToDisk);
                _budget.Add(path);
                return true;
            }
        }
        catch (IOException error) when (IsTaken(error))
        {
            // Another program was faster.
        }

        return false;
    }
}
