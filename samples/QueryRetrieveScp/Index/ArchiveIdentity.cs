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
        using (var file = new FileStream(_path, FileMode.CreateNew, FileAccess.Write))
        {
            file.Write(Encoding.ASCII.GetBytes($"{Guid.NewGuid():N}"));
            file.Flush(flushToDisk: true);
        }

        return File.ReadAllText(_path);
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

    private string? Find()
    {
        try
        {
            return File.ReadAllText(_path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
