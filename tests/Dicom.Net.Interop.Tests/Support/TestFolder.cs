namespace Dicom.Net.Interop.Tests.Support;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("dicomnet-interop-").FullName;

    /// <summary>All files, hidden and half-written ones too.</summary>
    public string[] Files => Directory.GetFiles(Path, "*", new EnumerationOptions { AttributesToSkip = 0, RecurseSubdirectories = true });

    public string PathOf(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>A folder within.</summary>
    public string Sub(string name) => Directory.CreateDirectory(PathOf(name)).FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
