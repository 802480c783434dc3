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

    [Fact]
    public void Create_UidThatNoFileMayHave_LeavesNoFile()
    {
        Assert.Throws<InvalidOperationException>(() => SpoolFile.Create(_folder.Path, Meta(new string('1', 65))));
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public void Complete_NoInstance_IsTheBytesAlone()
    {
        using var file = SpoolFile.Create(_folder.Path, Meta(""));
        file.Append([1, 2, 3, 4]);
        using var identifier = file.Complete();
        Assert.Equal(4, identifier.Length);
        Assert.Equal([1, 2, 3, 4], File.ReadAllBytes(Assert.Single(_folder.Files)));
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
