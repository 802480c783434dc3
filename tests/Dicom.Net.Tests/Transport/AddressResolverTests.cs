using System.Net;
using Dicom.Net.Transport;
using static Dicom.Net.Tests.Transport.FakeNetworkFacts;

namespace Dicom.Net.Tests.Transport;

public class AddressResolverTests
{
    private static readonly LocalAddress Loopback4 = Local("127.0.0.1", "lo");
    private static readonly LocalAddress Loopback6 = Local("::1", "lo");

    private static readonly FakeNetworkFacts Server = new()
    {
        Own =
        [
            Loopback4, Loopback6,
            Local("172.17.0.1", "docker0"),
            Local("fe80::5%3", "eth0", isOfDefaultRoute: true),
            Local("192.168.0.195", "eth0", isOfDefaultRoute: true),
            Local("192.168.0.196", "eth0", isOfDefaultRoute: true),
            Local("2001:db8::5", "eth0", isOfDefaultRoute: true),
        ],
        Names = new()
        {
            ["pacs"] = ["192.168.0.195", "2001:db8::5", "192.168.0.195"],
            ["v4only"] = ["192.168.0.195"],
            ["nowhere"] = [],
            ["mapped"] = ["::ffff:192.168.0.195"],
        },
    };

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void ResolveLocal_NoHost_IsFirstAddressOfTheDefaultRoute(string? host)
        => Assert.Equal(["192.168.0.195"], Resolve(host, IpType.IPv4, Server));

    [Fact]
    public void ResolveLocal_NoHostBothFamilies_IsOneAddressOfEach()
        => Assert.Equal(["192.168.0.195", "2001:db8::5"], Resolve(null, IpType.IPv4OrIPv6, Server));

    [Fact]
    public void ResolveLocal_NoHostNoDefaultRoute_IsFirstInterfaceThatIsUp()
    {
        var facts = new FakeNetworkFacts { Own = [Loopback4, Local("172.17.0.1", "docker0"), Local("10.0.0.1", "eth1")] };
        Assert.Equal(["172.17.0.1"], Resolve(null, IpType.IPv4, facts));
    }

    [Fact]
    public void ResolveLocal_NoHostLoopbackOnly_IsLoopback()
        => Assert.Equal(["127.0.0.1", "::1"], Resolve(null, IpType.IPv4OrIPv6, new FakeNetworkFacts { Own = [Loopback6, Loopback4] }));

    [Fact]
    public void ResolveLocal_NoHostGlobalOnAnotherInterface_IsPreferredToLinkLocal()
    {
        var facts = new FakeNetworkFacts
        {
            Own =
            [
                Local("fe80::1%2", "eth0", isOfDefaultRoute: true), Local("169.254.1.1", "eth0", isOfDefaultRoute: true),
                Local("2001:db8::1", "eth1"), Local("10.0.0.1", "eth1"),
            ],
        };
        Assert.Equal(["10.0.0.1", "2001:db8::1"], Resolve(null, IpType.IPv4OrIPv6, facts));
    }

    [Fact]
    public void ResolveLocal_NoHostLinkLocalOnly_KeepsItsScope()
    {
        var facts = new FakeNetworkFacts { Own = [Loopback6, Local("fe80::1%2", "eth0")] };
        Assert.Equal(["fe80::1%2"], Resolve(null, IpType.IPv6, facts));
    }

    [Fact]
    public void ResolveLocal_NoHostNoAddressOfTheFamily_IsAddressNotAvailable()
    {
        var facts = new FakeNetworkFacts { Own = [Loopback4] };
        Assert.Equal(TransportErrorKind.AddressNotAvailable, Fails(null, IpType.IPv6, facts).Kind);
    }

    [Theory]
    [InlineData(IpType.IPv4, "0.0.0.0")]
    [InlineData(IpType.IPv6, "::")]
    [InlineData(IpType.IPv4OrIPv6, "0.0.0.0 ::")]
    public void ResolveLocal_Star_IsAllAddressesOfTheFamilies(IpType ipType, string expected)
        => Assert.Equal(expected.Split(' '), Resolve("*", ipType, Server));

    [Theory]
    [InlineData(null, "127.0.0.1")]
    [InlineData("*", "0.0.0.0")]
    public void ResolveLocal_BothFamiliesOpenHostWithoutIPv6_IsIPv4(string? host, string expected)
    {
        var facts = new FakeNetworkFacts { SupportsIPv6 = false, Own = [Loopback4] };
        Assert.Equal([expected], Resolve(host, IpType.IPv4OrIPv6, facts));
    }

    [Theory]
    [InlineData(null, IpType.IPv6)]
    [InlineData("*", IpType.IPv6)]
    [InlineData("::1", IpType.IPv6)]
    [InlineData("::1", IpType.IPv4OrIPv6)]
    [InlineData("pacs", IpType.IPv6)]
    public void ResolveLocal_IPv6OnMachineWithoutIt_IsToldSo(string? host, IpType ipType)
    {
        var facts = new FakeNetworkFacts { SupportsIPv6 = false, Own = Server.Own, Names = Server.Names };
        var error = Fails(host, ipType, facts);
        Assert.Equal(TransportErrorKind.AddressFamilyNotSupported, error.Kind);
        Assert.Contains("operating system", error.Message);
    }

    [Theory]
    [InlineData("192.168.0.195", IpType.IPv4, "192.168.0.195")]
    [InlineData("192.168.0.195", IpType.IPv4OrIPv6, "192.168.0.195")]
    [InlineData("2001:db8::5", IpType.IPv6, "2001:db8::5")]
    [InlineData("[2001:db8::5]", IpType.IPv6, "2001:db8::5")]
    [InlineData("::ffff:192.168.0.195", IpType.IPv4, "192.168.0.195")]
    [InlineData("fe80::5%3", IpType.IPv6, "fe80::5%3")]
    [InlineData("fe80::5", IpType.IPv6, "fe80::5%3")]
    public void ResolveLocal_Literal_IsThatAddress(string host, IpType ipType, string expected)
        => Assert.Equal([expected], Resolve(host, ipType, Server));

    [Theory]
    [InlineData("::1", IpType.IPv4, "IPv6 address, but the IP type asks for IPv4")]
    [InlineData("127.0.0.1", IpType.IPv6, "IPv4 address, but the IP type asks for IPv6")]
    [InlineData("v4only", IpType.IPv6, "only 192.168.0.195")]
    public void ResolveLocal_WrongFamily_IsToldSo(string host, IpType ipType, string part)
    {
        var error = Fails(host, ipType, Server);
        Assert.Equal(TransportErrorKind.AddressFamilyNotSupported, error.Kind);
        Assert.Contains(part, error.Message);
    }

    [Fact]
    public void ResolveLocal_LinkLocalOnTwoInterfacesWithoutScope_ListsThem()
    {
        var facts = new FakeNetworkFacts { Own = [Local("fe80::5%2", "eth0"), Local("fe80::5%3", "eth1")] };
        var error = Fails("fe80::5", IpType.IPv6, facts);
        Assert.Equal(TransportErrorKind.BadParameter, error.Kind);
        Assert.Contains("fe80::5%2 (eth0), fe80::5%3 (eth1)", error.Message);
    }

    [Theory]
    [InlineData("pacs", IpType.IPv4, "192.168.0.195")]
    [InlineData("pacs", IpType.IPv6, "2001:db8::5")]
    [InlineData("pacs", IpType.IPv4OrIPv6, "192.168.0.195 2001:db8::5")]
    [InlineData("mapped", IpType.IPv4, "192.168.0.195")]
    public void ResolveLocal_Name_IsEveryAddressOnceInTheFamilies(string host, IpType ipType, string expected)
        => Assert.Equal(expected.Split(' '), Resolve(host, ipType, Server));

    [Theory]
    [InlineData("unknown")]
    [InlineData("nowhere")]
    public void ResolveLocal_UnknownName_IsHostNotFound(string host)
    {
        var error = Fails(host, IpType.IPv4, Server);
        Assert.Equal(TransportErrorKind.HostNotFound, error.Kind);
        Assert.Contains($"'{host}'", error.Message);
    }

    [Fact]
    public async Task Resolve_NameThatTheSystemsResolverTakesForNone_IsHostNotFound()
    {
        // 255 characters without a final dot are one too many: nobody is asked.
        var name = string.Join('.', Enumerable.Repeat(new string('a', 63), 4));
        Assert.Equal(TransportErrorKind.HostNotFound, Fails(name, IpType.IPv4, MachineNetworkFacts.Instance).Kind);

        var error = await Assert.ThrowsAsync<TransportException>(() => AddressResolver.ResolveRemoteAsync(
            name, IpType.IPv4, MachineNetworkFacts.Instance, TestContext.Current.CancellationToken).AsTask());
        Assert.Equal(TransportErrorKind.HostNotFound, error.Kind);
    }

    [Theory]
    [InlineData(IpType.None)]
    [InlineData((IpType)4)]
    [InlineData((IpType)7)]
    [InlineData((IpType)(-1))]
    public void ResolveLocal_NoFamilyOrUndefinedBits_IsBadParameter(IpType ipType)
        => Assert.Equal(TransportErrorKind.BadParameter, Fails("*", ipType, Server).Kind);

    [Fact]
    public void Describe_FamilyAsked_ListsAddressesOfThatFamilyWithInterfaces()
    {
        Assert.Equal("This machine has: ::1 (lo), fe80::5%3 (eth0), 2001:db8::5 (eth0).", AddressResolver.Describe(Server, IpType.IPv6));
        Assert.Equal("This machine has no IPv6 address.", AddressResolver.Describe(new FakeNetworkFacts(), IpType.IPv6));
    }

    [Fact]
    public void LocalAddresses_OfThisMachine_HoldTheLoopback()
        => Assert.Contains(
            MachineNetworkFacts.Instance.LocalAddresses(), local => local.Address.Equals(IPAddress.Loopback) && local.IsLoopback);

    private static string[] Resolve(string? host, IpType ipType, INetworkFacts facts)
        => [.. AddressResolver.ResolveLocal(host, ipType, facts).Select(address => address.ToString())];

    private static TransportException Fails(string? host, IpType ipType, INetworkFacts facts)
        => Assert.Throws<TransportException>(() => AddressResolver.ResolveLocal(host, ipType, facts));
}
