namespace Dicom.Net.Samples.Tests.QueryRetrieveScp;

public sealed class DestinationsTests
{
    [Theory]
    [InlineData("WS1=10.0.0.1:104", "10.0.0.1", 104)]
    [InlineData("WS1=[::1]:11112", "::1", 11112)]
    [InlineData("WS1=ws1.example.org:104", "ws1.example.org", 104)]
    public void TryFind_TitleOfAnOption_TellsWhere(string option, string host, int port)
    {
        Assert.True(new Destinations([option]).TryFind("WS1 ", out var peer));
        Assert.Equal((host, port), peer);
    }

    [Fact]
    public void TryFind_OtherTitle_IsUnknown() => Assert.False(new Destinations(["WS1=host:104"]).TryFind("ws1", out _));

    [Theory]
    [InlineData("WS1")]
    [InlineData("WS1=host")]
    [InlineData("=host:104")]
    [InlineData("WS1=:104")]
    [InlineData("WS1=host:65536")]
    [InlineData("WS1=host:-1")]
    public void Constructor_OtherForm_IsRefused(string option) => Assert.Throws<FormatException>(() => new Destinations([option]));
}
