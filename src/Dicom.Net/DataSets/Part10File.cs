using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Dicom.Net.DataSets;

/// <summary>
/// Puts files where the user wants them. Under its name there is a whole file or none: it is written, or moved, under a temporary name
/// in the same folder, flushed, and renamed.
/// </summary>
internal static class Part10File
{
    /// <summary>Writes a file.</summary>
    public static void Write(string path, FileMetaInformation meta, EncodedDataSet dataSet, bool overwrite, bool flushToDisk)
    {
        ArrayBufferWriter<byte> header = new();
        meta.Write(header);
        string temporary = TemporaryNameBeside(path);
        try
        {
            using (FileStream file = new(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                file.Write(header.WrittenSpan);
                dataSet.CopyTo(file);
                file.Flush(flushToDisk);
            }

            File.Move(temporary, path, overwrite);
        }
        finally
        {
            // After the rename there is nothing of this name.
            File.Delete(temporary);
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

            File.Move(spooled.Path, path, overwrite);
            spooled.GiveAway(path);
            return;
        }

        MoveHere(spooled, path, overwrite, flushToDisk);
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

            File.Move(temporary, path, overwrite);
            spooled.GiveAway(path);
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

    private static void Flush(string path)
    {
        using SafeFileHandle file = File.OpenHandle(
            path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.FlushToDisk(file);
    }

    // In the same folder, so that the last step is a rename; hidden, and with no name that a peer had a say in.
    private static string TemporaryNameBeside(string path) => Path.Combine(FolderOf(path), $".{Guid.NewGuid():N}.dcm.tmp");

    private static string FolderOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path))
        ?? throw new ArgumentException($"'{path}' is the root of a file system, not a file.", nameof(path));
}
