using Dicom.Net.Pdus;

namespace Dicom.Net.Tests.Pdus;

public sealed class PduHeaderTests
{
    [Fact]
    public void TryRead_Point1SixBytes_AreEnough()
    {
        Assert.True(PduHeader.TryRead([4, 0xFF, 0x01, 0x02, 0x03, 0x04], out var header));
        Assert.Equal(new PduHeader(4, 0x01020304), header);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public void TryRead_Point1FewerBytes_AreNotYetAHeader(int count) => Assert.False(PduHeader.TryRead(new byte[count], out _));
}
