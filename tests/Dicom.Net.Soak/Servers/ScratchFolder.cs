namespace Dicom.Net.Soak.Servers;

/// <summary>A folder of our own, removed at the end.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("dicomnet-soak-").FullName;

    public string PathOf(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>A folder within.</summary>
    public string Sub(string name) => Directory.CreateDirectory(PathOf(name)).FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
