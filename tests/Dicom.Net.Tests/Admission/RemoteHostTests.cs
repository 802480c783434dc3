using System.Net;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.Admission;

/// <summary>What counts as one host.</summary>
public sealed class RemoteHostTests
{
    [Theory]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::", "global")]
    [InlineData("2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::", "the same network")]
    [InlineData("2001:db8:1:3::1", "2001:db8:1:3::", "another network")]
    [InlineData("fd00:1:2:3::1", "fd00:1:2:3::", "unique local")]
    [InlineData("fe80::1:2:3:4%3", "fe80::1:2:3:4%3", "link-local: all neighbours are in one /64")]
    [InlineData("::1", "::1", "loopback")]
    [InlineData("192.0.2.1", "192.0.2.1", "IPv4")]
    public void Of_Address_IsItsNetworkWhereAHostOwnsOne(string address, string host, string why) =>
        Assert.True(IPAddress.Parse(host).Equals(RemoteHost.Of(IPAddress.Parse(address))), why);

    [Fact]
    public void Limit_OneHostWithManyAddresses_IsOneHost()
    {
        var all = new ListenerConnections(new() { MaximumAssociationsPerAddress = 2 });
        var refused = Enumerable.Range(0, 10).Count(i => all.Enter(new Connection($"2001:db8::{i:x}"), out _).Associate("SCU") is not null);
        Assert.Equal(8, refused);
        Assert.Null(all.Enter(new Connection("2001:db8:0:1::1"), out _).Associate("SCU"));
    }

    [Fact]
    public void Limit_AssociationOfTheHostEnds_GivesItsPlaceToAnotherOfItsAddresses()
    {
        var all = new ListenerConnections(new() { MaximumAssociationsPerAddress = 1 });
        var first = all.Enter(new Connection("2001:db8::1"), out _);
        Assert.Null(first.Associate("SCU"));
        first.Leave();
        Assert.Null(all.Enter(new Connection("2001:db8::2"), out _).Associate("SCU"));
    }

    private sealed class Connection(string address) : AddressOnlyConnection(new(IPAddress.Parse(address), 50000));
}
