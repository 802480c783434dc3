using Dicom.Net.Interop.Tests.Support;
using FellowOakDicom.Network;
using Hospital;

namespace Dicom.Net.FoDicom.Tests.Snippets;

/// <summary>What the page shows works; so does the sample's service.</summary>
public sealed class SnippetTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task KeptService_Stores()
    {
        var files = Part10.MakeMany(_folder.Path, 3);
        var received = _folder.Sub("received");
        using var scp = KeptService.Start(received, port: 0);

        Assert.All(await new FoScu(scp.HostPort).StoreAsync(files).WithTimeout(), status => Assert.Equal(DicomStatus.Success, status));

        Part10.AssertSameDataSets(files, Directory.GetFiles(received));
    }

    [Fact]
    public async Task KeptService_InstanceOfAUidThatIsTaken_IsRefusedAndTheFirstStays()
    {
        var first = Part10.Make(_folder.PathOf("first.in.dcm"), "1.2.3.99", pixelBytes: 1000);
        var other = Part10.Make(_folder.PathOf("other.in.dcm"), "1.2.3.99", pixelBytes: 2000);
        var received = _folder.Sub("received");
        using var scp = KeptService.Start(received, port: 0);

        var statuses = await new FoScu(scp.HostPort).StoreAsync(first, other, first).WithTimeout();

        Assert.Equal([DicomStatus.Success, DicomStatus.DuplicateSOPInstance, DicomStatus.Success], statuses);
        Part10.AssertSameDataSets([first], Directory.GetFiles(received));
    }

    [Fact]
    public async Task FoDicomInAHandler_StoresWhatItHasChanged()
    {
        var file = Part10.Make(_folder.PathOf("large.in.dcm"), "1.2.3.99", pixelBytes: 3_000_000);
        var received = _folder.Sub("received");
        using var scp = FoDicomInAHandler.Start(received, port: 0);

        Assert.Equal([DicomStatus.Success], await new FoScu(scp.HostPort).StoreAsync(file).WithTimeout());

        using var sent = DicomDataSet.Load(file);
        using var kept = DicomDataSet.Load(Assert.Single(Directory.GetFiles(received)));
        Assert.Equal("General Hospital", kept.GetString(DicomTag.InstitutionName));
        Assert.Equal(sent.GetBytes(DicomTag.PixelData), kept.GetBytes(DicomTag.PixelData));
    }
}
