using System.Net;
using System.Net.Sockets;
using Dicom.Net.Tests.Support;
using Dicom.Net.Tests.Transport;
using Dicom.Net.Transport;

namespace Dicom.Net.Tests;

/// <summary>The page of LDicomNet::Listen, sentence by sentence: where it listens.</summary>
public sealed class DicomNetListenTests
{
    [Fact]
    public async Task Listen_ThreeArguments_IsListenWithIPv4()
    {
        using var three = new DicomNet(null, DicomNetSecurityMode.None);
        using var four = new DicomNet(null, DicomNetSecurityMode.None);

        Assert.True(three.Listen("*", 0, 5) == 0);
        Assert.True(four.Listen("*", 0, 5, IpType.IPv4) == 0);

        Assert.Equal(IPAddress.Any, Assert.Single(three.LocalEndPoints).Address);
        Assert.Equal(IPAddress.Any, Assert.Single(four.LocalEndPoints).Address);
        await AssertServedAsync(three, "127.0.0.1");
        await AssertServedAsync(four, "127.0.0.1");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task Listen_NoHost_IsTheLocalComputersAddress(string? host)
    {
        using var listener = Listening(host, IpType.IPv4);

        var own = MachineNetworkFacts.Instance.LocalAddresses().Where(local => local.Address.AddressFamily == AddressFamily.InterNetwork).ToList();
        var bound = Assert.Single(listener.LocalEndPoints).Address;
        Assert.Contains(own, local => local.Address.Equals(bound));
        Assert.Equal(own.TrueForAll(local => local.IsLoopback), IPAddress.IsLoopback(bound));
        await AssertServedAsync(listener, listener.HostAddress);
    }

    [Fact]
    public void Listen_NoHostAndBothFamilies_IsOneAddressOfEach()
    {
        Loopback.SkipWithoutIPv6();
        using var listener = Listening(null, IpType.IPv4OrIPv6);

        Assert.Equal(
            [AddressFamily.InterNetwork, AddressFamily.InterNetworkV6],
            listener.LocalEndPoints.Select(endPoint => endPoint.AddressFamily));
    }

    [Fact]
    public async Task Listen_Star_IsAllAddresses()
    {
        using var listener = Listening("*", IpType.IPv4);

        Assert.Equal("0.0.0.0", listener.HostAddress);
        foreach (var local in MachineNetworkFacts.Instance.LocalAddresses().Where(local => local.Address.AddressFamily == AddressFamily.InterNetwork))
        {
            await AssertServedAsync(listener, local.Address.ToString());
        }
    }

    [Fact]
    public async Task Listen_StarAndBothFamilies_ServesBothOnOnePort()
    {
        Loopback.SkipWithoutIPv6();
        using var listener = Listening("*", IpType.IPv4OrIPv6);

        Assert.Single(listener.LocalEndPoints.Select(endPoint => endPoint.Port).Distinct());
        await AssertServedAsync(listener, "127.0.0.1");
        await AssertServedAsync(listener, "::1");
    }

    [Fact]
    public async Task Listen_StarAndIPv6_ServesIPv6Alone()
    {
        Loopback.SkipWithoutIPv6();
        using var listener = Listening("*", IpType.IPv6);

        await AssertServedAsync(listener, "::1");
        await Loopback.AssertRefusedAsync(IPAddress.Loopback, listener.HostPort);
    }

    [Theory]
    [InlineData("127.0.0.1", IpType.IPv4)]
    [InlineData("127.0.0.1", IpType.IPv4OrIPv6)]
    [InlineData("127.0.0.2", IpType.IPv4)]
    [InlineData("::1", IpType.IPv6)]
    [InlineData("[::1]", IpType.IPv6)]
    [InlineData("::1", IpType.IPv4OrIPv6)]
    public async Task Listen_Literal_IsThatAddress(string host, IpType ipType)
    {
        if (host.Contains(':'))
        {
            Loopback.SkipWithoutIPv6();
        }

        using var listener = Listening(host, ipType);

        Assert.Equal(host.Trim('[', ']'), listener.HostAddress);
        await AssertServedAsync(listener, host);
    }

    [Fact]
    public async Task Listen_LiteralWithScopeId_IsThatAddress()
    {
        var linkLocal = MachineNetworkFacts.Instance.LocalAddresses().FirstOrDefault(local => local.Address.IsIPv6LinkLocal);
        if (linkLocal is null)
        {
            Assert.Skip("This machine has no link-local IPv6 address (see: ip -6 addr show scope link).");
        }

        using var listener = Listening(linkLocal.Address.ToString(), IpType.IPv6);

        Assert.Equal(linkLocal.Address.ScopeId, Assert.Single(listener.LocalEndPoints).Address.ScopeId);
        await AssertServedAsync(listener, listener.HostAddress);
    }

    [Fact]
    public async Task Listen_Name_IsItsAddresses()
    {
        using var listener = Listening("localhost", IpType.IPv4);

        Assert.Equal("127.0.0.1", listener.HostAddress);
        await AssertServedAsync(listener, "localhost");
    }

    [Fact]
    public void Listen_PortZero_PortIsKnownAtOnce()
    {
        using var listener = new DicomNet(null, DicomNetSecurityMode.None);
        Assert.Equal((0, ""), (listener.HostPort, listener.HostAddress));

        listener.Listen("127.0.0.1", 0, 1);

        Assert.InRange(listener.HostPort, 1, IPEndPoint.MaxPort);
        Assert.Equal(new IPEndPoint(IPAddress.Loopback, listener.HostPort), Assert.Single(listener.LocalEndPoints));
    }

    [Fact]
    public void Listen_PortGiven_IsThatPort()
    {
        using var first = Listening("127.0.0.1", IpType.IPv4);
        var port = first.HostPort;
        first.Close();
        using var second = new DicomNet(null, DicomNetSecurityMode.None);

        Assert.Equal(0, (int)second.Listen("127.0.0.1", port, 1));

        Assert.Equal(port, second.HostPort);
    }

    [Fact]
    public async Task Listen_FourAtOnceWithBacklogOfThree_AllAreServed()
    {
        using var listener = TestScp.AcceptingAll();
        listener.Close();
        listener.Listen("127.0.0.1", 0, 3).ThrowIfFailed();

        var scus = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification)));

        foreach (var scu in scus)
        {
            Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
            scu.Dispose();
        }
    }

    [Fact]
    public async Task Listen_MoreClientsThanTheBacklog_BacklogIsNoLimitOfClients()
    {
        using var listener = TestScp.AcceptingAll();
        listener.Close();
        listener.Listen("127.0.0.1", 0, 1).ThrowIfFailed();
        var scus = new List<TestScu>();
        for (var i = 0; i < 3; i++)
        {
            scus.Add(await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification));
        }

        Assert.Equal(3, listener.GetClientCount());
        scus.ForEach(scu => scu.Dispose());
    }

    [Fact]
    public async Task Close_WithClientsConnected_PortCanBeBoundAgainAtOnceAndClientsGoOn()
    {
        using var listener = TestScp.AcceptingAll();
        var port = listener.HostPort;
        using var scu = await TestScu.AssociatedAsync(port, DicomUids.Verification);

        listener.Close();

        Assert.Empty(listener.LocalEndPoints);
        using var another = new DicomNet(null, DicomNetSecurityMode.None);
        Assert.Equal(DicomNetResult.Success, another.Listen("127.0.0.1", port, 1));
        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
        Assert.Equal(1, listener.GetClientCount());
    }

    [Fact]
    public async Task Close_ConnectionThatNobodyAccepted_IsClosed()
    {
        var listener = TestScp.Listening(new RecordingNet().Override("OnAccept", _ => { }));
        using var socket = await Loopback.ConnectAsync(IPAddress.Loopback, listener.HostPort);
        await listener.CallOf("OnAccept");

        listener.Close();

        Assert.Equal(0, await socket.ReceiveAsync(new byte[1], SocketFlags.None).WithTimeout());
    }

    private static DicomNet Listening(string? host, IpType ipType)
    {
        var listener = new DicomNet(null, DicomNetSecurityMode.None);
        Assert.Equal(DicomNetResult.Success, listener.Listen(host, 0, 16, ipType));
        return listener;
    }

    private static async Task AssertServedAsync(DicomNet listener, string host)
    {
        var accepted = new TaskCompletionSource();
        void Accepted(object? sender, DicomNetEventArgs e) => accepted.TrySetResult();
        listener.Accepting += Accepted;
        using var scu = new TestScu();
        await scu.ConnectAsync(listener.HostPort, host, IpType.IPv4OrIPv6);
        await accepted.Task.WithTimeout();
        listener.Accepting -= Accepted;
    }
}
