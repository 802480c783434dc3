using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Dicom.Net.DataSets;

/// <summary>
/// Puts files where the user wants them. Under its name there is a whole file or none: it is written, or moved, under a temporary name
/// in the same folder, or under none, flushed, and renamed.
/// </summary>
internal static class Part10File
{
    /// <summary>Above this, what making a file costs is little beside what filling it does (arbitrary).</summary>
    private const int Small = 64 * 1024;

    /// <summary>Writes a file.</summary>
    public static void Write(string path, FileMetaInformation meta, EncodedDataSet dataSet, bool overwrite, bool flushToDisk)
    {
        // What is to survive a loss of power has some name, at least, when it is flushed.
        if (!flushToDisk && dataSet.Length <= Small && TryWriteNameless(Path.GetFullPath(path), meta, dataSet))
        {
            return;
        }

        string temporary = TemporaryNameBeside(path);
        SafeFileHandle file = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write);
        try
        {
            using (file)
            {
                Write(file, meta, dataSet);
                if (flushToDisk)
                {
                    RandomAccess.FlushToDisk(file);
                }
            }

            Rename(temporary, path, overwrite);
            FlushName(path, flushToDisk);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>
    /// Gives the user a spooled file, which is whole already: within a folder that is a rename, within a file system two, and a copy of the
    /// bytes only between file systems. On failure the spooled file is where it was.
    /// </summary>
    public static void GiveAway(FileEncodedDataSet spooled, string path, bool overwrite, bool flushToDisk)
    {
        if (FolderOf(path) == FolderOf(spooled.Path))
        {
            if (flushToDisk)
            {
                spooled.Flush();
            }

            Rename(spooled.Path, path, overwrite);
            spooled.GiveAway(path);
            FlushName(path, flushToDisk);
            return;
        }

        MoveHere(spooled, path, overwrite, flushToDisk);
    }

    private static bool TryWriteNameless(string path, FileMetaInformation meta, EncodedDataSet dataSet)
    {
        using SafeFileHandle? file = NamelessFile.TryCreate(FolderOf(path));
        if (file is null)
        {
            return false;
        }

        Write(file, meta, dataSet);
        return NamelessFile.TryName(file, path);
    }

    private static void Write(SafeFileHandle file, FileMetaInformation meta, EncodedDataSet dataSet)
    {
        byte[] header = ArrayPool<byte>.Shared.Rent(FileMetaInformation.LongestLength);
        int length = meta.Write(header);
        if (dataSet.Pieces is { } pieces)
        {
            // One system call for all.
            RandomAccess.Write(file, [header.AsMemory(0, length), .. pieces], fileOffset: 0);
        }
        else
        {
            RandomAccess.Write(file, header.AsSpan(0, length), fileOffset: 0);
            Copy(dataSet, file, length);
        }

        ArrayPool<byte>.Shared.Return(header);
    }

    private static void Copy(EncodedDataSet dataSet, SafeFileHandle file, int start)
    {
        // 80 KiB: as in EncodedDataSet.CopyTo.
        byte[] buffer = ArrayPool<byte>.Shared.Rent(81_920);
        int count;
        for (long offset = 0; (count = dataSet.Read(offset, buffer)) > 0; offset += count)
        {
            RandomAccess.Write(file, buffer.AsSpan(0, count), start + offset);
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }

    private static void MoveHere(FileEncodedDataSet spooled, string path, bool overwrite, bool flushToDisk)
    {
        string temporary = TemporaryNameBeside(path);
        try
        {
            File.Move(spooled.Path, temporary);
            if (flushToDisk)
            {
                Flush(temporary);
            }

            Rename(temporary, path, overwrite);
            spooled.GiveAway(path);
            FlushName(path, flushToDisk);
        }
        finally
        {
            if (File.Exists(temporary))
            {
                PutBack(temporary, spooled.Path);
            }
        }
    }

    private static void PutBack(string temporary, string spooled)
    {
        if (File.Exists(spooled))
        {
            // Copied in part, when the disk was full.
            File.Delete(temporary);
        }
        else
        {
            File.Move(temporary, spooled);
        }
    }

    private static void Rename(string file, string name, bool overwrite)
    {
        if (overwrite)
        {
            File.Move(file, name, overwrite);
        }
        else
        {
            FreeName.Take(file, name);
        }
    }

    private static void Flush(string path)
    {
        using SafeFileHandle file = File.OpenHandle(
            path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.FlushToDisk(file);
    }

    // Whoever waits for the disk waits for the name, too. Where that fails, the file stays: it is whole.
    private static void FlushName(string path, bool flushToDisk)
    {
        if (flushToDisk)
        {
            FolderOnDisk.Flush(FolderOf(path));
        }
    }

    // In the same folder, so that the last step is a rename; hidden, and with no name that a peer had a say in.
    private static string TemporaryNameBeside(string path) => Path.Combine(FolderOf(path), $".{UniqueName.Next()}.dcm.tmp");

    private static string FolderOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path))
        ?? throw new ArgumentException($"'{path}' is the root of a file system, not a file.", nameof(path));
}
