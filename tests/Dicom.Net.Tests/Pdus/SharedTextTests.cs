using System.Text;
using Dicom.Net.Pdus;

namespace Dicom.Net.Tests.Pdus;

public sealed class SharedTextTests
{
    [Fact]
    public void Latin1_TheSameBytesAgain_IsTheSameString()
    {
        var bytes = Encoding.Latin1.GetBytes("1.2.840.10008.1.2.1");

        // Another test may take its place between the two.
        Assert.Contains(Enumerable.Range(0, 100), _ => ReferenceEquals(SharedText.Latin1(bytes), SharedText.Latin1(bytes)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("MODALITY 1")]
    [InlineData("\u00FF../x\u0000\n")]
    [InlineData("1.2.840.10008.5.1.4.1.1.2.1.2.840.10008.5.1.4.1.1.2.1.2.840.10008.5.1.4.1.1.2")]
    public void Latin1_AnyBytes_AreKeptOneToOne(string text) => Assert.Equal(text, SharedText.Latin1(Encoding.Latin1.GetBytes(text)));

    [Fact]
    public void Latin1_FarMoreTextsThanPlaces_AreEachTheirOwn()
    {
        for (var i = 0; i < 10_000; i++)
        {
            var text = $"1.2.{i}";
            Assert.Equal(text, SharedText.Latin1(Encoding.Latin1.GetBytes(text)));
        }
    }
}
