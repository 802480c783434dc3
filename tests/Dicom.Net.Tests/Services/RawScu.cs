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
        var scu = await ConnectedAsync(port);
        await scu.Peer.AssociateAsync();
        return scu;
    }

    /// <summary>Connects, and says nothing as yet.</summary>
    /// <param name="port">The port on this machine.</param>
    /// <param name="from">The address of this machine to come from; null: the system's choice.</param>
    public static async Task<RawScu> ConnectedAsync(int port, string? from = null)
    {
        var socket = await TransportConnector.ConnectAsync(
            from, 0, "127.0.0.1", port, IpType.IPv4, null, TimeProvider.System, TestContext.Current.CancellationToken);
        return new(new(socket));
    }

    public static byte[] FindRq(ushort messageId) => Command(CommandSet.CFindRq(messageId, WireBytes.Verification));

    public static byte[] CancelRq(ushort messageId) => Command(CommandSet.CCancelRq(messageId));

    public static byte[] Command(CommandSet command) =>
        WireBytes.PData(WireBytes.Pdv(WireBytes.EchoContext, WireBytes.LastCommand, WireBytes.Bytes(command)));

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
