namespace Dicom.Net.Samples;

/// <summary>
/// A folder with a file for each instance, and the index of them. Other programs may share both, where the index is in a database that
/// several may use: the file comes first, and the index decides, in one transaction, whose file it is that counts.
/// </summary>
internal sealed class Archive : IDisposable
{
    // Arbitrary: each time another one of the UID came and went meanwhile. An index that is damaged may say so for ever.
    private const int MostAttempts = 100;

    private readonly ArchiveFolder _folder;
    private readonly StoragePolicy _policy;
    private readonly FolderBudget _budget;

    private Archive(ArchiveFolder folder, ArchiveIndex index, StoragePolicy policy)
    {
        _folder = folder;
        Index = index;
        _policy = policy;
        _budget = new(folder.Path, policy.MaximumBytes);
    }

    /// <summary>The folder.</summary>
    public string Path => _folder.Path;

    public ArchiveIndex Index { get; }

    /// <inheritdoc cref="OpenUnlessEnded"/>
    public static Archive Open(DirectoryInfo folder, StoragePolicy policy, string? postgres = null, bool mayBeNew = false) =>
        OpenUnlessEnded(folder, policy, postgres, mayBeNew, CancellationToken.None);

    /// <summary>Opens an archive. Where there is no index, it is made of the files.</summary>
    /// <param name="folder">The folder of the instances.</param>
    /// <param name="policy">How they are kept.</param>
    /// <param name="postgres">Npgsql's connection string of the database that the index is in; null: it is SQLite's, in the folder.</param>
    /// <param name="mayBeNew">With <paramref name="postgres"/>: whether the folder may be one that is no archive's yet.</param>
    /// <param name="ended">When to give up, though the index is not made yet: the next start begins anew.</param>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    /// <exception cref="IOException">The folder cannot be read, or the index can be neither opened nor made.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    /// <exception cref="FormatException">The connection string is none.</exception>
    public static Archive OpenUnlessEnded(
        DirectoryInfo folder, StoragePolicy policy, string? postgres, bool mayBeNew, CancellationToken ended)
    {
        var files = new ArchiveFolder(folder, policy.FlushesToDisk, isShared: postgres is not null);
        var index = new ArchiveIndex(postgres is null
            ? new SqliteDatabase(files.PathOf("index.db"), policy.FlushesToDisk)
            : new PostgresDatabase(postgres, new(files.Path, mayBeNew), policy.FlushesToDisk));
        try
        {
            index.Build(() => new Indexing(index, files, ended).Run(), ended);
            return new Archive(files, index, policy);
        }
        catch
        {
            index.Dispose();
            throw;
        }
    }

    /// <summary>Keeps an instance: when this returns, file and index are on the disk, or the policy for duplicates wants neither.</summary>
    /// <returns>What became of it, in words.</returns>
    /// <exception cref="InstanceException">It is none that could be kept here, or one too many.</exception>
    /// <exception cref="IOException">It could not be kept, and none that was is lost: the disk is full, the database away, say.</exception>
    /// <exception cref="UnauthorizedAccessException">As above: nothing may be written.</exception>
    public string Keep(DicomDataSet dataSet)
    {
        var study = UidOf(dataSet, DicomTag.StudyInstanceUID);
        _ = UidOf(dataSet, DicomTag.SeriesInstanceUID);
        var instance = UidOf(dataSet, DicomTag.SOPInstanceUID);
        Index.RequireFolder();
        _budget.Require();
        string? mine = null;
        try
        {
            for (var attempt = 1; attempt <= MostAttempts; attempt++)
            {
                var kept = Index.Find(instance);
                if (Duplicate(dataSet, kept) is { } outcome)
                {
                    return outcome;
                }

                mine ??= _folder.Save(dataSet, study, instance);

                // Of a share that was lost meanwhile the file is not.
                Index.RequireFolder();
                if (Index.TryPut(IndexedInstance.Of(dataSet, mine), kept))
                {
                    return Kept(Interlocked.Exchange(ref mine, null), kept);
                }
            }

            throw new IOException($"the index neither has {instance} nor takes it");
        }
        catch (UncertainChangeException)
        {
            // The index may have it by now: the file stays, and who sends the instance again learns which.
            mine = null;
            throw;
        }
        finally
        {
            // Nothing stays of what was refused, or is there already.
            if (mine is not null)
            {
                _folder.Remove(mine);
            }
        }
    }

    /// <inheritdoc cref="ArchiveFolder.Has"/>
    public bool Has(StoredInstance stored) => _folder.Has(stored.Path);

    /// <summary>The path of a file of the index.</summary>
    public string PathOf(string file) => _folder.PathOf(file);

    public void Dispose() => Index.Dispose();

    /// <returns>What becomes of an instance whose UID is in the index; null: it is to be stored.</returns>
    private string? Duplicate(DicomDataSet dataSet, StoredInstance? kept)
    {
        if (kept is null || !Has(kept))
        {
            return null;
        }

        return (InstanceFile.ContentOf(PathOf(kept.Path), dataSet), _policy.Duplicates) switch
        {
            (InstanceFileContent.SameBytes, _) => "stored before",
            (InstanceFileContent.AnotherOfItsUid, DuplicatePolicy.KeepFirst) => "dropped, there is another one of this UID",
            (InstanceFileContent.AnotherOfItsUid, not DuplicatePolicy.Replace) => throw InstanceException.Duplicate(),

            // It replaces the other one; or there is none, though the index has its name.
            _ => null,
        };
    }

    private string Kept(string file, StoredInstance? replaced)
    {
        _budget.Add(PathOf(file));
        if (replaced is null || replaced.Path == file)
        {
            return $"stored as {file}";
        }

        // Otherwise it was not there, and may come back. If deleting fails, it lies there, and the next index is made of the newer one.
        if (_policy.Duplicates == DuplicatePolicy.Replace)
        {
            _folder.Remove(replaced.Path);
        }

        return $"stored as {file}, replaces another one of this UID";
    }

    // As it stands there: a space before a UID makes it none.
    private static string UidOf(DicomDataSet dataSet, DicomTag tag) =>
        dataSet.TryGetString(tag, out var uid) && UidText.IsUid(uid)
            ? uid
            : throw new InstanceException(
                DicomCommandStatusType.DataSetDoesNotMatchSopClass, $"{DicomDictionary.GetKeyword(tag)} is missing or no UID");
}
