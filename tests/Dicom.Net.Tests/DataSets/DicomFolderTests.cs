using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.DataSets;

public sealed class DicomFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a")]
    [InlineData("a/")]
    [InlineData("a/b/c")]
    public void Create_FolderThatIsMissing_MakesItWithThoseAboveIt(string name)
    {
        DicomFolder.Create(Path.Combine(_folder.Path, name));

        Assert.True(Directory.Exists(Path.Combine(_folder.Path, name)));
    }

    [Fact]
    public void Create_FolderThatIsThere_LeavesItAsItIs()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "file"), "precious");

        DicomFolder.Create(_folder.Path);

        Assert.True(File.Exists(Path.Combine(_folder.Path, "file")));
    }

    [Fact]
    public void Create_FileHasTheName_Throws()
    {
        var path = Path.Combine(_folder.Path, "file");
        File.WriteAllText(path, "");

        Assert.ThrowsAny<IOException>(() => DicomFolder.Create(path));
        Assert.ThrowsAny<IOException>(() => DicomFolder.Create(Path.Combine(path, "below")));
    }

    [Fact]
    public void Create_NoName_IsAnArgumentException() => Assert.Throws<ArgumentException>(() => DicomFolder.Create(""));

    [Fact]
    public void Flush_Folder_LeavesItAsItIs()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "file"), "precious");

        DicomFolder.Flush(_folder.Path);

        Assert.Equal("precious", File.ReadAllText(Path.Combine(_folder.Path, "file")));
    }

    [Fact]
    public void Flush_NoName_IsAnArgumentException() => Assert.Throws<ArgumentException>(() => DicomFolder.Flush(""));
}
