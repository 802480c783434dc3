using Dicom.Net.DataSets;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.DataSets;

public sealed class NamelessFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TryName_WrittenFile_IsThereWholeAndNotBefore()
    {
        using var file = NamelessFile.TryCreate(_folder.Path);
        if (file is null)
        {
            Assert.Skip("This system or this file system has no files without a name.");
        }

        RandomAccess.Write(file, "bytes"u8, fileOffset: 0);
        Assert.Empty(_folder.Files);

        var path = Path.Combine(_folder.Path, "a");
        if (!NamelessFile.TryName(file, path))
        {
            Assert.Skip("This kernel wants a privilege for it.");
        }

        Assert.Equal("bytes", File.ReadAllText(Assert.Single(_folder.Files)));
    }

    [Fact]
    public void TryName_NameThatIsTaken_LeavesTheOtherFileAsItIs()
    {
        var path = Path.Combine(_folder.Path, "a");
        File.WriteAllText(path, "precious");
        using var file = NamelessFile.TryCreate(_folder.Path);
        if (file is null)
        {
            Assert.Skip("This system or this file system has no files without a name.");
        }

        Assert.False(NamelessFile.TryName(file, path));
        Assert.Equal("precious", File.ReadAllText(path));
    }

    [Fact]
    public void TryCreate_FolderThatIsNotThere_IsNoException() =>
        Assert.Null(NamelessFile.TryCreate(Path.Combine(_folder.Path, "missing")));
}
