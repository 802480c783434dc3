using System.Net;
using System.Net.Sockets;
using Dicom.Net.Pdus;
using Dicom.Net.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Dicom.Net.Tests;

/// <summary>Alone, since it takes all threads of the process's pool.</summary>
[CollectionDefinition(nameof(DicomNetStarvationTests), DisableParallelization = true)]
[Collection(nameof(DicomNetStarvationTests))]
public sealed class DicomNetStarvationTests
{
    /// <summary>More than stay with an attentive thread, so that most are the pool's.</summary>
    private static readonly int Peers = 4 * Environment.ProcessorCount + 30;

    [Fact]
    public async Task Pool_HasNoThreadForLongerThanArtim_NobodyWhoAskedInTimeIsCut()
    {
        var time = new FakeTimeProvider();
        using var listener = new DicomNet(null, DicomNetSecurityMode.None, new DicomNetOptions { TimeProvider = time });
        listener.AssociateRequestReceived += (_, e) => e.Accept(e.Association.CreateAcceptAll());
        TestScp.Listening(listener);
        var peers = new List<Socket>();
        try
        {
            for (var i = 0; i < Peers; i++)
            {
                peers.Add(await ConnectedAsync(listener.HostPort));
            }

            await Eventually.True(() => listener.GetClientCount() == Peers);
            await PoolStarvation.DuringAsync(() =>
            {
                var request = WireBytes.Of(WireBytes.Request());
                peers.ForEach(peer => peer.Send(request));
                peers.ForEach(AwaitDelivery);
                time.Advance(TimeSpan.FromSeconds(30));
                time.Advance(TimeSpan.FromMinutes(10));
            }).WithTimeout();

            foreach (var peer in peers)
            {
                var first = new byte[1];
                Assert.Equal(1, await peer.ReceiveAsync(first).WithTimeout());
                Assert.Equal((byte)PduType.AAssociateAc, first[0]);
            }

            // The listener needs no help.
            using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);
            Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
        }
        finally
        {
            peers.ForEach(peer => peer.Dispose());
        }
    }

    /// <summary>What was sent is on the other side, though nobody may have received it: the system has acknowledged it.</summary>
    private static void AwaitDelivery(Socket socket)
    {
        const int ProtocolTcp = 6, TcpInfo = 11, OffsetOfUnacknowledged = 24;
        var info = new byte[OffsetOfUnacknowledged + sizeof(uint)];
        Assert.True(
            !OperatingSystem.IsLinux() || SpinWait.SpinUntil(HasNothingUnderWay, Timeouts.Default),
            "What was sent was not acknowledged.");

        bool HasNothingUnderWay() =>
            socket.GetRawSocketOption(ProtocolTcp, TcpInfo, info) == info.Length && BitConverter.ToUInt32(info, OffsetOfUnacknowledged) == 0;
    }

    private static async Task<Socket> ConnectedAsync(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port).WithTimeout();
        return socket;
    }
}
