using Dicom.Net.DataSets;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.DataSets;

public sealed class FolderOnDiskTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Flush_Folder_IsDoneWhereTheSystemHasAWay() => Assert.Equal(!OperatingSystem.IsWindows(), FolderOnDisk.Flush(_folder.Path));

    /// <summary>As with a process that is out of handles: what cannot be opened cannot be flushed, and nobody may believe that it was.</summary>
    [Theory]
    [InlineData("missing")]
    [InlineData("file/below")]
    public void Flush_FolderThatCannotBeOpened_IsAnErrorWhereTheSystemHasAWay(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There it is not asked for.");
        File.WriteAllText(Path.Combine(_folder.Path, "file"), "");
        var path = Path.Combine(_folder.Path, name);

        Assert.Contains(path, Assert.Throws<IOException>(() => FolderOnDisk.Flush(path)).Message, StringComparison.Ordinal);
    }

    /// <summary>To root, who may read it nevertheless, it is one like others.</summary>
    [Fact]
    public void Flush_FolderThatMayBeWrittenButNotRead_IsNotDone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such folders.");
            return;
        }

        var path = Path.Combine(_folder.Path, "closed");
        Directory.CreateDirectory(path, UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        Assert.Equal(Environment.IsPrivilegedProcess, FolderOnDisk.Flush(path));

        // So that it can be deleted.
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
