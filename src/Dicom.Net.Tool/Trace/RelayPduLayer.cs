using System.Net.Sockets;
using Dicom.Net.Associations;
using Dicom.Net.Tool.Output;
using Dicom.Net.Transport;

namespace Dicom.Net.Tool.Trace;

/// <summary>Passes every byte of a connection on to a peer, and the peer's back. What is in them others look at, around it.</summary>
internal sealed class RelayPduLayer(string host, int port, ToolOutput output) : IPduLayer
{
    public async Task RunAsync(PduLayerContext context)
    {
        var connection = context.Connection;
        context.Handler.Attach(new RelayPort(connection));
        var end = new AssociationEnd(AssociationEndKind.Orderly);
        try
        {
            await context.Handler.OnConnectedAsync();
            using var peer = new TcpClient { NoDelay = true };
            await peer.ConnectAsync(host, port);
            await Task.WhenAll(ForwardAsync(connection, peer), ReturnAsync(peer, connection));
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException)
        {
            output.Error($"{connection.RemoteEndPoint}: {error.Message}");
            end = new(AssociationEndKind.ConnectionLost, error);
        }

        connection.Close();
        await context.Handler.OnClosedAsync(end);
    }

    private static async Task ForwardAsync(PduConnection connection, TcpClient peer)
    {
        try
        {
            await connection.AsStream().CopyToAsync(peer.GetStream());
            peer.Client.Shutdown(SocketShutdown.Send);
        }
        catch
        {
            peer.Close();
            throw;
        }
    }

    private static async Task ReturnAsync(TcpClient peer, PduConnection connection)
    {
        try
        {
            await peer.GetStream().CopyToAsync(connection.AsStream());
            connection.ShutdownSend();
        }
        catch
        {
            connection.Abort();
            throw;
        }
    }
}
