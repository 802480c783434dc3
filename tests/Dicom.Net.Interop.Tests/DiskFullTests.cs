using System.Globalization;
using Dicom.Net.Interop.Tests.Support;

namespace Dicom.Net.Interop.Tests;

/// <summary>
/// A disk that takes nothing more, since it is full, read-only or somebody else's, or since as much is there as may be: the peer is told
/// (A700H), nothing is left, and the same association goes on when there is room.
/// </summary>
public sealed class DiskFullTests
{
    private const int DiskBytes = 4 * 1024 * 1024, InstanceBytes = 1024 * 1024, SmallBytes = 1000;

    [Theory]
    [InlineData("StoreScp", "--out")]
    [InlineData("QueryRetrieveScp", "--archive")]
    public async Task Scp_DiskIsFull_RefusesWithA700AndLeavesNothingAndGoesOnWhenThereIsRoom(string sample, string option)
    {
        using var disk = new SmallDisk(DiskBytes);
        await using var scp = await Sample.StartScpAsync(sample, option, disk.Path);
        using var scu = await StoringScu.AssociateAsync(scp.Port);
        var number = 0;
        DicomCommandStatusType status;
        while ((status = await scu.StoreAsync(Uid(++number), InstanceBytes)) == DicomCommandStatusType.Success)
        {
            Assert.True(number < DiskBytes / InstanceBytes, "The disk is never full");
        }

        Assert.Equal(DicomCommandStatusType.OutOfResources, status);
        Assert.Equal(number - 1, disk.Instances.Length);
        Assert.Empty(disk.Unfinished);

        // Not by hand where there is an index, which would miss it: more disk, instead.
        disk.Remount($"size={2 * DiskBytes}");

        Assert.Equal(DicomCommandStatusType.Success, await scu.StoreAsync(Uid(number), InstanceBytes));
        Assert.Equal(number, disk.Instances.Length);
        scu.Dispose();
        await scp.StopAsync();
    }

    [Fact]
    public async Task StoreScp_DiskIsReadOnly_RefusesWithA700AndGoesOnWhenItIsNot()
    {
        using var disk = new SmallDisk(DiskBytes);
        await using var scp = await Sample.StartScpAsync("StoreScp", "--out", disk.Path);
        using var scu = await StoringScu.AssociateAsync(scp.Port);
        disk.Remount("ro");

        Assert.Equal(DicomCommandStatusType.OutOfResources, await scu.StoreAsync("1.2.3.1", SmallBytes));

        disk.Remount("rw");
        Assert.Equal(DicomCommandStatusType.Success, await scu.StoreAsync("1.2.3.1", SmallBytes));
        Assert.Single(disk.Instances);
        Assert.Empty(disk.Unfinished);
        scu.Dispose();
        await scp.StopAsync();
    }

    [Theory]
    [InlineData("StoreScp", "--out", SmallBytes)]
    [InlineData("QueryRetrieveScp", "--archive", SmallBytes)]
    [InlineData("QueryRetrieveScp", "--archive", InstanceBytes)]
    public async Task Scp_FolderMayNotBeWritten_RefusesWithA700AndGoesOnWhenItMay(string sample, string option, int pixelBytes)
    {
        Require.Unix();
        using var folder = new TestFolder();
        await using var scp = await Sample.StartWithoutPrivilegesAsync(sample, option, folder.Path);
        using var scu = await StoringScu.AssociateAsync(scp.Port);
        await ChangeModeAsync("u-w", folder.Path);

        var refused = await scu.StoreAsync("1.2.3.1", pixelBytes);

        await ChangeModeAsync("u+w", folder.Path);
        Assert.Equal(DicomCommandStatusType.OutOfResources, refused);
        Assert.Empty(Directory.GetDirectories(folder.Path));
        Assert.Equal(DicomCommandStatusType.Success, await scu.StoreAsync("1.2.3.1", pixelBytes));
        Assert.DoesNotContain(folder.Files, file => file.EndsWith(".part", StringComparison.Ordinal));
        scu.Dispose();
        await scp.StopAsync();
    }

    [Theory]
    [InlineData("StoreScp", "--out")]
    [InlineData("QueryRetrieveScp", "--archive")]
    public async Task Scp_AsMuchIsThereAsMayBe_RefusesWithA700AndLeavesNothing(string sample, string option)
    {
        using var folder = new TestFolder();
        await using var scp = await Sample.StartScpAsync(sample, option, folder.Path, "--max-archive", "1K");
        using var scu = await StoringScu.AssociateAsync(scp.Port);

        Assert.Equal(DicomCommandStatusType.Success, await scu.StoreAsync("1.2.3.1", SmallBytes));
        Assert.Equal(DicomCommandStatusType.OutOfResources, await scu.StoreAsync("1.2.3.2", SmallBytes));

        scu.Dispose();
        await scp.StopAsync();
        Assert.Single(folder.Files, file => file.EndsWith(".dcm", StringComparison.Ordinal));
        Assert.DoesNotContain(folder.Files, file => file.EndsWith(".part", StringComparison.Ordinal));
    }

    private static async Task ChangeModeAsync(string mode, string path)
    {
        await using var chmod = RunningProcess.Start("chmod", mode, path);
        await chmod.ExitAsync(0);
    }

    private static string Uid(int number) => string.Create(CultureInfo.InvariantCulture, $"1.2.3.{number}");
}
