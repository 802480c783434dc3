using Dicom.Net.Dimse;
using Dicom.Net.Tests.Support;
using Dicom.Net.Transport;

namespace Dicom.Net.Tests.Services;

/// <summary>A peer that asks for an association over a real socket and then says whatever the test makes it say.</summary>
internal sealed class RawScu : IAsyncDisposable
{
    private readonly SocketConnection _connection;

    private RawScu(SocketConnection connection) => _connection = connection;

    public ScriptedPeer Peer => new(_connection);

    /// <summary>The identifier of <see cref="FindRq"/>: one element, Patient's Name, empty.</summary>
    public static byte[] FindIdentifier { get; } =
        WireBytes.PData(WireBytes.Pdv(WireBytes.EchoContext, WireBytes.LastData, 0x10, 0, 0x10, 0, 0, 0, 0, 0));

    public static async Task<RawScu> AssociatedAsync(int port)
    {
        var socket = await TransportConnector.ConnectAsync(
            null, 0, "127.0.0.1", port, IpType.IPv4, null, TimeProvider.System, TestContext.Current.CancellationToken);
        var scu = new RawScu(new(socket));
        await scu.Peer.AssociateAsync();
        return scu;
    }

    public static byte[] FindRq(ushort messageId) => Command(CommandSet.CFindRq(messageId, WireBytes.Verification));

    public static byte[] CancelRq(ushort messageId) => Command(CommandSet.CCancelRq(messageId));

    public static byte[] Command(CommandSet command) =>
        WireBytes.PData(WireBytes.Pdv(WireBytes.EchoContext, WireBytes.LastCommand, WireBytes.Bytes(command)));

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
