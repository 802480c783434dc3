using System.Net.Sockets;
using Dicom.Net.Interop.Tests.Support;

namespace Dicom.Net.Interop.Tests;

/// <summary>Peers that merely connect, more of them than StoreScp has file handles.</summary>
public sealed class HandleShortageTests
{
    // Of these the runtime needs about 90 for itself: the connections that remain are far fewer than come.
    private const int HandleLimit = 150;
    private const int Connections = 300;

    [Fact]
    public async Task StoreScp_MoreIdleConnectionsThanHandlesBeforeAnythingElse_SurvivesAndServesAgain()
    {
        using var folder = new TestFolder();
        await using var scp = await Sample.StartLimitedScpAsync(HandleLimit, "StoreScp", "--out", folder.Path);
        var idle = Connect(scp);
        await scp.Process.LineAsync(line => line.Contains("[1008] Only ", StringComparison.Ordinal));

        idle.ForEach(socket => socket.Dispose());

        await using var scu = Sample.Start("EchoScu", "127.0.0.1", scp.Port);
        await scu.ExitAsync(0);
        Assert.Contains("0000H, success", scu.Output, StringComparison.Ordinal);
        await scp.StopAsync();
    }

    // The kernel completes some of them and leaves the others waiting: to a peer that floods, both are the same.
    private static List<Socket> Connect(SampleScp scp)
    {
        var sockets = new List<Socket>(Connections);
        for (var i = 0; i < Connections; i++)
        {
            var socket = new Socket(scp.EndPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            sockets.Add(socket);
            try
            {
                socket.Connect(scp.EndPoint);
            }
            catch (SocketException pending) when (pending.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
            {
                // Under way.
            }
        }

        return sockets;
    }
}
