using System.Net;
using System.Net.Sockets;
using Dicom.Net.Transport;

namespace Dicom.Net.Tests.Transport;

public class SocketErrorsTests
{
    private static readonly FakeNetworkFacts Machine = new() { Own = [FakeNetworkFacts.Local("10.0.0.1", "eth0")] };

    [Theory]
    [InlineData(SocketError.AddressAlreadyInUse, nameof(TransportErrorKind.AddressInUse))]
    [InlineData(SocketError.AddressNotAvailable, nameof(TransportErrorKind.AddressNotAvailable))]
    [InlineData(SocketError.AddressFamilyNotSupported, nameof(TransportErrorKind.AddressFamilyNotSupported))]
    [InlineData(SocketError.HostNotFound, nameof(TransportErrorKind.HostNotFound))]
    [InlineData(SocketError.AccessDenied, nameof(TransportErrorKind.AccessDenied))]
    [InlineData(SocketError.ConnectionRefused, nameof(TransportErrorKind.ConnectionRefused))]
    [InlineData(SocketError.TimedOut, nameof(TransportErrorKind.TimedOut))]
    [InlineData(SocketError.HostUnreachable, nameof(TransportErrorKind.NetworkUnreachable))]
    [InlineData(SocketError.Shutdown, nameof(TransportErrorKind.ConnectionReset))]
    [InlineData(SocketError.OperationAborted, nameof(TransportErrorKind.Closed))]
    [InlineData(SocketError.TooManyOpenSockets, nameof(TransportErrorKind.Other))]
    public void KindOf_Error_IsTheKindThatCallersTreat(SocketError error, string kind)
        => Assert.Equal(kind, SocketErrors.KindOf(error).ToString());

    [Theory]
    [InlineData(104, "CAP_NET_BIND_SERVICE")]
    [InlineData(11112, "Another program")]
    public void Explain_AccessDenied_GivesTheHintForThePort(int port, string part)
    {
        var error = Explain(SocketError.AccessDenied, port);
        Assert.Equal(TransportErrorKind.AccessDenied, error.Kind);
        Assert.Equal(SocketError.AccessDenied, error.SocketError);
        Assert.Contains($"10.0.0.9:{port}", error.Message);
        Assert.Contains(part, error.Message);
    }

    [Fact]
    public void Explain_AddressOfAnotherMachine_ListsThisMachinesAddresses()
        => Assert.Equal(
            "10.0.0.9 is not an address of this machine. This machine has: 10.0.0.1 (eth0).",
            Explain(SocketError.AddressNotAvailable, 104).Message);

    [Theory]
    [InlineData(SocketError.AddressFamilyNotSupported, "has no IPv4")]
    [InlineData(SocketError.InvalidArgument, "InvalidArgument")]
    public void Explain_OtherErrors_NameTheCause(SocketError cause, string part)
        => Assert.Contains(part, Explain(cause, 104).Message);

    private static TransportException Explain(SocketError error, int port) => ListeningSockets.Explain(
        new SocketException((int)error),
        new IPEndPoint(IPAddress.Parse("10.0.0.9"), port),
        new ListenRequest("10.0.0.9", port, 5, IpType.IPv4),
        Machine);
}
