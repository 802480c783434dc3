using System.Text;

namespace Dicom.Net.Samples;

/// <summary>
/// What tells a shared folder from others: a name in a file of it. Without that, a node on which the folder is not mounted would keep
/// instances in the folder below, where no other node finds them.
/// </summary>
/// <param name="folder">The folder.</param>
/// <param name="mayBeNew">Whether one that has no name gets one, and one that is not there is made: so it looks where it is not mounted, too.</param>
internal sealed class ArchiveIdentity(string folder, bool mayBeNew)
{
    private readonly string _path = Path.Combine(folder, "archive.id");

    /// <summary>The folder's name, which it gets if it has none and may be new.</summary>
    /// <exception cref="IOException">It has none, or it can be neither read nor written.</exception>
    public string FindOrMake()
    {
        if (Find() is { } name)
        {
            return name;
        }

        if (!mayBeNew)
        {
            throw new IOException(
                $"{_path} is not there. Is the folder mounted? If it is, and an archive is to begin there, start with --new-archive.");
        }

        DicomFolder.Create(folder);
        return Make();
    }

    /// <summary>Refuses another folder than the one of a name.</summary>
    /// <exception cref="IOException">It is another one, or one without a name; or it cannot be told.</exception>
    public void Require(string name)
    {
        if (Find() != name)
        {
            throw new IOException($"{folder} is not the folder that this index is about. Is it mounted?");
        }
    }

    // The file has the name that counts when all of it is on the disk, and not before: else a program that is killed, or a full disk, would
    // leave an archive whose name is "". The temporary one is of the kind that Leftovers deletes.
    private string Make()
    {
        var temporary = Path.Combine(folder, $".{Guid.NewGuid():N}.dcm.tmp");
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                file.Write(Encoding.ASCII.GetBytes($"{Guid.NewGuid():N}"));
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, _path);
        }
        catch (IOException) when (File.Exists(_path))
        {
            // A node with another index was faster: its name is the folder's.
        }
        finally
        {
            File.Delete(temporary);
        }

        DicomFolder.Flush(folder);
        return Find() ?? throw new IOException($"{_path} is gone again. Is the folder mounted?");
    }

    /// <returns>Null: there is none.</returns>
    /// <exception cref="IOException">It is none, or cannot be read.</exception>
    private string? Find()
    {
        try
        {
            var name = File.ReadAllText(_path);
            return Guid.TryParseExact(name, "N", out _) ? name : throw new IOException(
                $"{_path} is damaged: it has no 32 hexadecimal digits. If an index knows the folder, its table Archive has them; if none does, "
                + "delete the file and start with --new-archive.");
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
