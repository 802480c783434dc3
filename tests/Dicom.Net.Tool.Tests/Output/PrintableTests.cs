using Dicom.Net.Tool.Output;

namespace Dicom.Net.Tool.Tests.Output;

public sealed class PrintableTests
{
    [Theory]
    [InlineData("plain, 山田 and é", "plain, 山田 and é")]
    [InlineData("a\nb\r\tc", @"a\u000Ab\u000D\u0009c")]
    [InlineData("\u001b[31m", @"\u001B[31m")]
    [InlineData("\u009b31m", @"\u009B31m")]
    [InlineData("\u202e\u2066\u200b\ufeff", @"\u202E\u2066\u200B\uFEFF")]
    [InlineData("\u2028\u2029", @"\u2028\u2029")]
    [InlineData("\ue000", @"\uE000")]
    [InlineData("[red]", "[red]")]
    [InlineData("\U0001F600", "\U0001F600")]
    [InlineData("\U000E0001", @"\uE0001")]
    public void Of_Text_HasNothingThatMovesTheCursor(string text, string shown) => Assert.Equal(shown, Printable.Of(text));
}
