using Dicom.Net.Transport;

namespace Dicom.Net.Tests.Transport;

public class FileHandlesTests
{
    [Theory]
    [InlineData("150                  20000", 150)]
    [InlineData("1048576              unlimited", 1048576)]
    [InlineData("unlimited            unlimited", null)]
    [InlineData("", null)]
    public void SoftLimit_LineOfTheKernel_IsItsFirstNumber(string numbers, int? expected)
    {
        string[] lines =
        [
            "Limit                     Soft Limit           Hard Limit           Units     ",
            "Max processes             63512                63512                processes ",
            $"Max open files            {numbers}                files     ",
        ];
        Assert.Equal(expected, FileHandles.SoftLimit(lines));
    }

    [Fact]
    public void SoftLimit_NoSuchLine_IsUnknown() => Assert.Null(FileHandles.SoftLimit(["Limit  Soft Limit  Hard Limit  Units"]));

    [Fact]
    public void Free_OnLinux_IsPositiveAndWithinTheLimit()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Handles are counted on Linux alone.");
        var limit = FileHandles.SoftLimit(File.ReadLines("/proc/self/limits"));
        Assert.SkipWhen(limit is null, "This process has no limit.");
        Assert.InRange(FileHandles.Free()!.Value, 1, limit.Value - 3); // at least the three standard streams are open
    }

    [Fact]
    public void Free_NotOnLinux_IsUnknown()
    {
        Assert.SkipWhen(OperatingSystem.IsLinux(), "Handles are counted on Linux.");
        Assert.Null(FileHandles.Free());
    }
}
