using System.Text;

namespace Dicom.Net.Samples;

/// <summary>
/// What tells a shared folder from others: a name in a file of it. Without that, a node on which the folder is not mounted would keep
/// instances in the empty folder below, where no other node finds them.
/// </summary>
internal sealed class ArchiveIdentity(string folder)
{
    private readonly string _path = Path.Combine(folder, "archive.id");

    /// <summary>The folder's name, which it gets if it has none.</summary>
    /// <exception cref="IOException">It can be neither read nor written.</exception>
    public string FindOrMake()
    {
        if (!File.Exists(_path))
        {
            using var file = new FileStream(_path, FileMode.CreateNew, FileAccess.Write);
            file.Write(Encoding.ASCII.GetBytes($"{Guid.NewGuid():N}"));
            file.Flush(flushToDisk: true);
        }

        return File.ReadAllText(_path);
    }

    /// <summary>Refuses another folder than the one of a name.</summary>
    /// <exception cref="IOException">It is another one, or one without a name.</exception>
    public void Require(string name)
    {
        if (!File.Exists(_path) || File.ReadAllText(_path) != name)
        {
            throw new IOException($"{Path.GetDirectoryName(_path)} is not the folder that this index is about. Is it mounted?");
        }
    }
}
