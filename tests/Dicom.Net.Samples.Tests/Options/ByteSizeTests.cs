namespace Dicom.Net.Samples.Tests.Options;

public sealed class ByteSizeTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("1000", 1000)]
    [InlineData("64K", 65_536)]
    [InlineData("2m", 2_097_152)]
    [InlineData("3G", 3_221_225_472)]
    [InlineData("8388607T", 9_223_370_937_343_148_032)]
    public void TryParse_Size_IsItsBytes(string text, long expected)
    {
        Assert.True(ByteSize.TryParse(text, out var bytes));
        Assert.Equal(expected, bytes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("K")]
    [InlineData("-1")]
    [InlineData("1.5G")]
    [InlineData("10X")]
    [InlineData("1 K")]
    [InlineData("9223372036854775808")]
    [InlineData("8388608T")]
    public void TryParse_NoSize_IsNone(string text) => Assert.False(ByteSize.TryParse(text, out _));
}
