namespace Dicom.Net.Tests.Transport;

public sealed class IpTypeTests
{
    [Theory]
    [InlineData(IpType.None, 0)]
    [InlineData(IpType.IPv4, 1)]
    [InlineData(IpType.IPv6, 2)]
    [InlineData(IpType.IPv4OrIPv6, 3)]
    public void Value_OfEachMember_IsLDicomNets(IpType type, int expected) => Assert.Equal(expected, (int)type);
}
