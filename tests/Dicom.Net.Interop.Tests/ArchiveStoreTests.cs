using Dicom.Net.Interop.Tests.Support;

namespace Dicom.Net.Interop.Tests;

/// <summary>C-STORE into QueryRetrieveScp; and what it and StoreScp do when command set and data set do not agree.</summary>
public sealed class ArchiveStoreTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task QueryRetrieveScp_StorescuSendsSampleFiles_KeepsAndFindsThem()
    {
        // Without its identifiers an instance belongs to no study.
        string[] files = [.. SampleFiles.SendableByStorescu.Where(file => Path.GetFileName(file) != "JPEGLSNearLossless_16.dcm")];
        var profile = Dcmtk.WriteProfile(_folder.PathOf("profile.cfg"), files);
        var archive = new ArchiveFolder(_folder);
        // Some of them have one UID, in several transfer syntaxes.
        await using var scp = await archive.StartAsync("--duplicates", "keep-first");

        await Dcmtk.StoreAsync(scp.Port, profile, files);
        await Dcmtk.StoreAsync(scp.Port, profile, files);

        var instances = files.Select(InstanceOf).Distinct().Count();
        Assert.Equal(instances, archive.Files.Length);
        await using var scu = Sample.Start("FindScu", "127.0.0.1", scp.Port, "--level", "IMAGE", "-k", "SOPInstanceUID");
        await scu.ExitAsync(0);
        Assert.Contains($"{instances} matches: 0000H, success", scu.Lines);
    }

    [Fact]
    public async Task QueryRetrieveScp_StartedAgain_KnowsWhatItHas()
    {
        var archive = new ArchiveFolder(_folder);
        var file = Part10.Make(_folder.PathOf("in.dcm"), "1.2.3");
        await using (var first = await archive.StartAsync())
        {
            await using var storeScu = Sample.Start("StoreScu", "127.0.0.1", first.Port, file);
            await storeScu.ExitAsync(0);
            await first.StopAsync();
        }

        await using var second = await archive.StartAsync();
        await using var scu = Sample.Start("FindScu", "127.0.0.1", second.Port, "-k", "PatientName=Interop^Test");

        await scu.ExitAsync(0);

        Assert.Contains("1 matches: 0000H, success", scu.Lines);
    }

    [Theory]
    [InlineData("StoreScp", "--out", DicomUids.SecondaryCaptureImageStorage, "1.2.4")]
    [InlineData("StoreScp", "--out", DicomUids.CTImageStorage, "1.2.3")]
    [InlineData("StoreScp", "--out", DicomUids.SecondaryCaptureImageStorage, "")]
    [InlineData("QueryRetrieveScp", "--archive", DicomUids.SecondaryCaptureImageStorage, "1.2.4")]
    [InlineData("QueryRetrieveScp", "--archive", DicomUids.CTImageStorage, "1.2.3")]
    [InlineData("QueryRetrieveScp", "--archive", DicomUids.SecondaryCaptureImageStorage, "")]
    public async Task Scp_Point60_DataSetIsNotWhatTheCommandSetSays_IsRefused(
        string sample, string option, string sopClass, string instance)
    {
        await using var scp = await Sample.StartScpAsync(sample, option, _folder.Sub("kept"));
        using var dataSet = new DicomDataSet();
        dataSet.Set(DicomTag.SOPClassUID, sopClass);
        dataSet.Set(DicomTag.SOPInstanceUID, instance);
        dataSet.Set(DicomTag.StudyInstanceUID, "1.2.3.1");
        dataSet.Set(DicomTag.SeriesInstanceUID, "1.2.3.2");

        var status = await StoreScu.StoreAsync(scp.Port, DicomUids.SecondaryCaptureImageStorage, "1.2.3", dataSet);

        Assert.Equal(DicomCommandStatusType.DataSetDoesNotMatchSopClass, status);
        await scp.StopAsync();
        Assert.DoesNotContain(_folder.Files, file => file.EndsWith(".dcm", StringComparison.Ordinal));
    }

    private static string InstanceOf(string file)
    {
        using var dataSet = DicomDataSet.Load(file);
        return dataSet.GetString(DicomTag.SOPInstanceUID)!;
    }
}
