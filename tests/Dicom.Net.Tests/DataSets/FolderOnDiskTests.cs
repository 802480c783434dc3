using Dicom.Net.DataSets;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.DataSets;

public sealed class FolderOnDiskTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Flush_Folder_IsDoneWhereTheSystemHasAWay() => Assert.Equal(!OperatingSystem.IsWindows(), FolderOnDisk.Flush(_folder.Path));

    [Fact]
    public void Flush_FolderThatIsNotThere_IsNotDone() => Assert.False(FolderOnDisk.Flush(Path.Combine(_folder.Path, "missing")));
}
