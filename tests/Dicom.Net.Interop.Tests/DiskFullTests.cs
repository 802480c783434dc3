using System.Diagnostics;
using System.Globalization;
using Dicom.Net.Interop.Tests.Support;

namespace Dicom.Net.Interop.Tests;

/// <summary>A disk that is really full: a small file system in memory.</summary>
public sealed class DiskFullTests : IDisposable
{
    private const int DiskBytes = 4 * 1024 * 1024, InstanceBytes = 1024 * 1024;

    private readonly TestFolder _folder = new();
    private readonly string _disk;
    private bool _isMounted;

    public DiskFullTests() => _disk = _folder.Sub("disk");

    public void Dispose()
    {
        if (_isMounted)
        {
            Run("umount", _disk);
        }

        _folder.Dispose();
    }

    [Theory]
    [InlineData("StoreScp", "--out")]
    [InlineData("QueryRetrieveScp", "--archive")]
    public async Task Scp_DiskIsFull_RefusesWithA700AndLeavesNothingAndGoesOnWhenThereIsRoom(string sample, string option)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "tmpfs is Linux's");
        _isMounted = Run("mount", "-t", "tmpfs", "-o", $"size={DiskBytes}", "tmpfs", _disk);
        Assert.SkipUnless(_isMounted, "no file system may be mounted here");
        await using var scp = await Sample.StartScpAsync(sample, option, _disk);
        var number = 0;
        DicomCommandStatusType status;
        while ((status = await StoreAsync(scp, ++number)) == DicomCommandStatusType.Success)
        {
            Assert.True(number < DiskBytes / InstanceBytes, "The disk is never full");
        }

        Assert.Equal(DicomCommandStatusType.OutOfResources, status);
        var kept = Instances();
        Assert.Equal(number - 1, kept.Length);
        Assert.Empty(Directory.GetFiles(_disk, "*.part", SearchOption.AllDirectories));
        Assert.Empty(Directory.GetFiles(_disk, ".*.tmp", new EnumerationOptions { AttributesToSkip = 0, RecurseSubdirectories = true }));

        // Not by hand where there is an index, which would miss it: more disk, instead.
        Assert.True(Run("mount", "-o", $"remount,size={2 * DiskBytes}", _disk));

        Assert.Equal(DicomCommandStatusType.Success, await StoreAsync(scp, number));
        Assert.Equal(number, Instances().Length);
        await scp.StopAsync();
    }

    private string[] Instances() => Directory.GetFiles(_disk, "*.dcm", SearchOption.AllDirectories);

    private static async Task<DicomCommandStatusType> StoreAsync(SampleScp scp, int number)
    {
        var uid = string.Create(CultureInfo.InvariantCulture, $"1.2.3.{number}");
        using var dataSet = new DicomDataSet();
        dataSet.Set(DicomTag.SOPClassUID, DicomUids.SecondaryCaptureImageStorage);
        dataSet.Set(DicomTag.SOPInstanceUID, uid);
        dataSet.Set(DicomTag.StudyInstanceUID, "1.2.3");
        dataSet.Set(DicomTag.SeriesInstanceUID, "1.2.3");
        dataSet.SetBytes(DicomTag.PixelData, DicomVR.OW, new byte[InstanceBytes]);
        return await StoreScu.StoreAsync(scp.Port, DicomUids.SecondaryCaptureImageStorage, uid, dataSet);
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(program, arguments);
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
