using Dicom.Net.Tool.Output;

namespace Dicom.Net.Tool.Tests.Output;

public sealed class SizesTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1536, "1.5 KiB")]
    [InlineData(1024.0 * 1024 * 1024, "1.0 GiB")]
    public void Bytes_Number_HasTheUnitThatFits(double bytes, string shown) => Assert.Equal(shown, Sizes.Bytes(bytes));

    [Theory]
    [InlineData(0.25, "250 µs")]
    [InlineData(2.5, "2.50 ms")]
    [InlineData(250, "250 ms")]
    [InlineData(2500, "2.5 s")]
    [InlineData(125_000, "2:05 min")]
    [InlineData(7_384_000, "2:03:04 h")]
    public void Time_Milliseconds_HaveTheUnitThatFits(double milliseconds, string shown) =>
        Assert.Equal(shown, Sizes.Time(TimeSpan.FromMilliseconds(milliseconds)));

    [Theory]
    [InlineData(0, "match", "0 matches")]
    [InlineData(1, "echo", "1 echo")]
    [InlineData(2, "echo", "2 echoes")]
    [InlineData(2, "file", "2 files")]
    public void Count_Noun_IsInTheRightNumber(long count, string noun, string shown) => Assert.Equal(shown, Sizes.Count(count, noun));
}
