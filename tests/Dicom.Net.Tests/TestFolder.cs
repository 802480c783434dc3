namespace Dicom.Net.Tests;

/// <summary>A folder that is gone with the test.</summary>
internal sealed class TestFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dicomnet-test-");

    public string Path => _folder.FullName;

    public string[] Files => Directory.GetFiles(Path);

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => _folder.Delete(recursive: true);
}
