using System.Net;
using System.Net.Sockets;
using Dicom.Net.Tests.Transport;

namespace Dicom.Net.Tests;

/// <summary>The page of LDicomNet::Listen, sentence by sentence: its return codes.</summary>
public sealed class DicomNetListenFailureTests
{
    public static TheoryData<string?, int, int, IpType, DicomExceptionCode, string> Failures => new()
    {
        { "127.0.0.1", -1, 1, IpType.IPv4, DicomExceptionCode.Parameter, "port -1" },
        { "127.0.0.1", 65536, 1, IpType.IPv4, DicomExceptionCode.Parameter, "port 65536" },
        { "127.0.0.1", 0, -1, IpType.IPv4, DicomExceptionCode.Parameter, "-1 is negative" },
        { "127.0.0.1", 0, 1, IpType.None, DicomExceptionCode.Parameter, "names no address family" },
        { "127.0.0.1", 0, 1, (IpType)4, DicomExceptionCode.Parameter, "names no address family" },
        { "*", 0, 1, IpType.None, DicomExceptionCode.Parameter, "names no address family" },
        { "127.0.0.1", 0, 1, IpType.IPv6, DicomExceptionCode.NetAddressFamilyNotSupported, "is an IPv4 address" },
        { "::1", 0, 1, IpType.IPv4, DicomExceptionCode.NetAddressFamilyNotSupported, "is an IPv6 address" },
        { "203.0.113.7", 0, 1, IpType.IPv4, DicomExceptionCode.NetAddressNotAvailable, "127.0.0.1 (lo" }, // TEST-NET-3, RFC 5737
        { "no-such-host.invalid", 0, 1, IpType.IPv4, DicomExceptionCode.NetHostNotFound, "no-such-host.invalid" }, // RFC 6761 §6.4
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void Listen_CannotBe_SaysWhyAndBindsNothing(
        string? host, int port, int backlog, IpType ipType, DicomExceptionCode code, string part)
    {
        using var net = new DicomNet(null, DicomNetSecurityMode.None);

        var result = net.Listen(host, port, backlog, ipType);

        Assert.Equal(code, result.Code);
        Assert.True(result > 0);
        Assert.Contains(part, result.Message, StringComparison.Ordinal);
        Assert.Empty(net.LocalEndPoints);
        Assert.Equal(DicomNetResult.Success, net.Listen("127.0.0.1", 0, 1)); // The object is as good as before.
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public void Listen_CannotBeAndThrowOnError_ThrowsTheSameCode(
        string? host, int port, int backlog, IpType ipType, DicomExceptionCode code, string part)
    {
        using var net = new DicomNet(null, DicomNetSecurityMode.None) { ThrowOnError = true };

        var error = Assert.Throws<DicomException>(() => net.Listen(host, port, backlog, ipType));

        Assert.Equal(code, error.Code);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.Equal(DicomNetResult.Success, net.Listen("127.0.0.1", 0, 1));
    }

    [Fact]
    public void Listen_PortInUse_SaysWhichAndCarriesTheSystemsCode()
    {
        using var first = TestScp.Listening(new DicomNet(null, DicomNetSecurityMode.None));
        using var second = new DicomNet(null, DicomNetSecurityMode.None);

        var result = second.Listen("127.0.0.1", first.HostPort, 1);

        Assert.Equal(DicomExceptionCode.NetAddressInUse, result.Code);
        Assert.Equal(SocketError.AddressAlreadyInUse, result.SocketError);
        Assert.Contains($"127.0.0.1:{first.HostPort}", result.Message, StringComparison.Ordinal);
        first.Close();
        Assert.Equal(DicomNetResult.Success, second.Listen("127.0.0.1", 0, 1));
    }

    [Fact]
    public async Task Listen_SecondOfTwoAddressesInUse_LeavesTheFirstUnbound()
    {
        Loopback.SkipWithoutIPv6();
        using var blocking = new DicomNet(null, DicomNetSecurityMode.None);
        blocking.Listen("*", 0, 1, IpType.IPv6).ThrowIfFailed();
        using var net = new DicomNet(null, DicomNetSecurityMode.None);

        var result = net.Listen("*", blocking.HostPort, 1, IpType.IPv4OrIPv6);

        Assert.Equal(DicomExceptionCode.NetAddressInUse, result.Code);
        await Loopback.AssertRefusedAsync(IPAddress.Loopback, blocking.HostPort);
    }

    [Fact]
    public void Listen_ListeningAlready_IsRefusedAndChangesNothing()
    {
        using var net = TestScp.Listening(new DicomNet(null, DicomNetSecurityMode.None));
        var port = net.HostPort;

        var result = net.Listen("127.0.0.1", 0, 1);

        Assert.Equal(DicomExceptionCode.InvalidState, result.Code);
        Assert.Contains("Close first", result.Message, StringComparison.Ordinal);
        Assert.Equal(port, net.HostPort);
    }

    [Fact]
    public async Task Listen_Connected_IsRefused()
    {
        using var listener = TestScp.AcceptingAll();
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);

        Assert.Equal(DicomExceptionCode.InvalidState, scu.Net.Listen("127.0.0.1", 0, 1).Code);
    }

    [Fact]
    public void Listen_Disposed_IsRefused()
    {
        var net = new DicomNet(null, DicomNetSecurityMode.None);
        net.Dispose();

        Assert.Equal(DicomExceptionCode.Disposed, net.Listen("127.0.0.1", 0, 1).Code);
        Assert.Equal(DicomExceptionCode.Disposed, net.Connect(null, 0, "127.0.0.1", 104).Code);
    }

    [Fact]
    public void Listen_AfterClose_ListensAgain()
    {
        using var net = TestScp.Listening(new DicomNet(null, DicomNetSecurityMode.None));
        var port = net.HostPort;
        net.Close();

        Assert.Equal(DicomNetResult.Success, net.Listen("127.0.0.1", port, 1));
        Assert.Equal(port, net.HostPort);
    }
}
