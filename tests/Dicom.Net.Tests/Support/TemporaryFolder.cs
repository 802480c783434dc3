namespace Dicom.Net.Tests.Support;

/// <summary>A folder that is empty at first and gone afterwards.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("dicomnet-test-").FullName;

    public IReadOnlyList<string> Files => Directory.GetFiles(Path);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
