using Dicom.Net.DataSets;

namespace Dicom.Net;

/// <summary>Folders that received instances are kept in.</summary>
public static class DicomFolder
{
    /// <summary>
    /// Makes a folder, and those above it that are missing, and has their names on the disk when it returns: an instance that was saved with
    /// <c>flushToDisk</c> into a folder whose own name is lost with the power is lost, too.
    /// </summary>
    /// <param name="path">
    /// The folder. Never make it of what a peer sent (a UID, an AE title) without checking that: it may say <c>../</c>. One that is there is
    /// left as it is: of two threads that want a new one, the second must wait for the first.
    /// </param>
    /// <exception cref="IOException">
    /// It cannot be made, or its name cannot be flushed: the disk is full or fails, no file handle is left, or a file has that name.
    /// </exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static void Create(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Directory.Exists(folder))
        {
            return;
        }

        string? parent = Path.GetDirectoryName(folder);
        if (parent is not null)
        {
            Create(parent);
        }

        Directory.CreateDirectory(folder);
        if (parent is not null)
        {
            FlushName(folder, parent);
        }
    }

    // Whoever tries again must not find it there, and believe in its name.
    private static void FlushName(string folder, string parent)
    {
        try
        {
            FolderOnDisk.Flush(parent);
        }
        catch (IOException)
        {
            Directory.Delete(folder);
            throw;
        }
    }

    /// <summary>
    /// Has the names of the files in a folder on the disk when it returns, where the system can be asked for that: a file of the application's
    /// that was flushed, and then renamed, is lost with the power as long as its new name is not there.
    /// </summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="IOException">The disk has failed.</exception>
    public static void Flush(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        FolderOnDisk.Flush(path);
    }
}
