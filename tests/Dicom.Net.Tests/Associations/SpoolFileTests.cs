using Dicom.Net.Associations;
using Dicom.Net.DataSets;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.Associations;

public sealed class SpoolFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Create_SecondFile_HasAnotherName()
    {
        using var one = SpoolFile.Create(_folder.Path, Meta("1.2.3"));
        using var two = SpoolFile.Create(_folder.Path, Meta("1.2.3"));
        Assert.Equal(2, _folder.Files.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65)]
    public void Create_UidThatNoFileMayHave_LeavesNoFile(int uidLength)
    {
        Assert.Throws<InvalidOperationException>(() => SpoolFile.Create(_folder.Path, Meta(new string('1', uidLength))));
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public void Create_PeersPreamble_IsNeverWritten()
    {
        using var file = SpoolFile.Create(_folder.Path, Meta("1.2.3"));
        file.Append("MZ"u8);
        using var complete = file.Complete();
        Assert.All(File.ReadAllBytes(_folder.Files[0])[..128], value => Assert.Equal(0, value));
    }

    [Fact]
    public void Dispose_AfterComplete_LeavesTheFileToItsNewOwner()
    {
        var file = SpoolFile.Create(_folder.Path, Meta("1.2.3"));
        file.Append([1, 2]);
        var complete = file.Complete();
        file.Dispose();
        Assert.Single(_folder.Files);
        complete.Dispose();
        Assert.Empty(_folder.Files);
    }

    private static FileMetaInformation Meta(string instance) => new()
    {
        MediaStorageSopClassUid = WireBytes.CTImageStorage,
        MediaStorageSopInstanceUid = instance,
        TransferSyntaxUid = WireBytes.ExplicitLittleEndian,
    };
}
