using Dicom.Net.Interop.Tests.Support;

namespace Dicom.Net.Interop.Tests;

/// <summary>UIDs that would be paths: what StoreScp and QueryRetrieveScp do with them when a peer sends them.</summary>
public sealed class HostileNamesTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("../1.2.3")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("/tmp/1.2.3")]
    [InlineData("1/2")]
    [InlineData("1\\2")]
    [InlineData("C:1")]
    [InlineData("1..2")]
    [InlineData("1.2.")]
    [InlineData(".1.2")]
    [InlineData("1.2\n3")]
    [InlineData("CON")]
    public async Task StoreScp_InstanceUidIsNoUid_IsRefusedAndNothingIsWritten(string instance)
    {
        var ours = _folder.Sub("ours");
        await using var scp = await Sample.StartScpAsync("StoreScp", "--out", ours);

        var status = await StoreAsync(scp, instance);

        Assert.Equal(DicomCommandStatusType.InvalidSopInstance, status);
        await scp.StopAsync();
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public async Task StoreScp_InstanceUidIsTooLong_IsRefusedAndNothingIsWritten()
    {
        var ours = _folder.Sub("ours");
        await using var scp = await Sample.StartScpAsync("StoreScp", "--out", ours);

        var status = await StoreAsync(scp, new string('1', 65));

        Assert.True(status.IsFailure(), $"{status}");
        await scp.StopAsync();
        Assert.Empty(_folder.Files);
    }

    [Theory]
    [InlineData("1.2.3", "../../1.2.3", "1.2.3")]
    [InlineData("1.2.3", "", "1.2.3")]
    [InlineData("1.2.3", "1.2.3", "/")]
    [InlineData("../1.2.3", "1.2.3", "1.2.3")]
    public async Task QueryRetrieveScp_UidIsNoUid_IsRefusedAndNothingIsWritten(string instance, string study, string series)
    {
        await using var scp = await Sample.StartScpAsync("QueryRetrieveScp", "--archive", _folder.Sub("ours/archive"));
        using var dataSet = new DicomDataSet();
        dataSet.Set(DicomTag.SOPClassUID, DicomUids.SecondaryCaptureImageStorage);
        dataSet.Set(DicomTag.SOPInstanceUID, instance);
        dataSet.Set(DicomTag.StudyInstanceUID, study);
        dataSet.Set(DicomTag.SeriesInstanceUID, series);

        var status = await StoreScu.StoreAsync(scp.Port, DicomUids.SecondaryCaptureImageStorage, instance, dataSet);

        Assert.True(status.IsFailure(), $"{status}");
        await scp.StopAsync();
        Assert.All(_folder.Files, file => Assert.StartsWith("index.db", Path.GetFileName(file), StringComparison.Ordinal));
    }

    private static async Task<DicomCommandStatusType> StoreAsync(SampleScp scp, string instance)
    {
        using var dataSet = new DicomDataSet();
        dataSet.Set(DicomTag.PatientName, "Hostile");
        return await StoreScu.StoreAsync(scp.Port, DicomUids.SecondaryCaptureImageStorage, instance, dataSet);
    }
}
