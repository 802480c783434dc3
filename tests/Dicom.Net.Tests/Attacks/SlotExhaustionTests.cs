using System.Text;
using Dicom.Net.Pdus;
using Dicom.Net.Tests.Services;
using Dicom.Net.Tests.Support;
using Dicom.Net.Tests.Transport;

namespace Dicom.Net.Tests.Attacks;

/// <summary>
/// Places that bad peers hold until nobody else gets one (pynetdicom's ten, storescp, fo-dicom #923): a crowd of each kind, and a good peer that
/// must not notice. That each place comes back: <see cref="DicomNetAssociationLimitsTests"/>.
/// </summary>
public sealed class SlotExhaustionTests
{
    private const int Crowd = 60;

    // A TLS 1.2 record with the beginning of a ClientHello (RFC 8446 §5.1, §4).
    private static readonly byte[] ClientHello = [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xFC, 0x03, 0x03];

    private static readonly Dictionary<string, byte[]> FirstWords = new()
    {
        ["nothing"] = [],
        ["half a header"] = WireBytes.Of(WireBytes.Request())[..3],
        ["half a request"] = WireBytes.Of(WireBytes.Request())[..100],
        ["a claim of 1 MiB"] = WireBytes.Header(1, 1024 * 1024),
        ["garbage"] = [.. Enumerable.Range(0, 200).Select(number => (byte)(number * 37))],
        ["HTTP"] = Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: x\r\n\r\n"),
        ["a ClientHello"] = ClientHello,
        ["a request, and silence"] = WireBytes.Of(WireBytes.Request()),
        ["half a message"] = [.. WireBytes.Of(WireBytes.Request()), .. WireBytes.StoreRq(1), .. WireBytes.StoreData(false, new byte[1000])],
        ["echoes that are not read"] = [.. WireBytes.Of(WireBytes.Request()), .. Enumerable.Range(1, 2000).SelectMany(id => WireBytes.EchoRq((ushort)id))],
    };

    public static TheoryData<string> Kinds => [.. FirstWords.Keys];

    /// <summary>Applications that end an association by failing.</summary>
    public static TheoryData<string> Failures => ["associate request", "echo", "store", "release", "connection"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task GoodPeer_BesideACrowd_IsServed(string kind)
    {
        using var listener = TestScp.AcceptingAll();
        await using var before = await RawScu.AssociatedAsync(listener.HostPort);
        await AssertServedBesideAsync(kind, listener.HostPort, async () =>
        {
            Assert.Equal(DicomCommandStatusType.Success, await before.Peer.EchoAsync(1));
            await using var after = await RawScu.AssociatedAsync(listener.HostPort);
            Assert.Equal(DicomCommandStatusType.Success, await after.Peer.EchoAsync(1));
            await after.Peer.ReleaseAsync();
        });
        await before.Peer.ReleaseAsync();
        await Eventually.True(() => listener.GetClientCount() == 0);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task GoodPeerWithTls_BesideACrowd_IsServed(string kind)
    {
        using var meeting = new TlsMeeting();
        await AssertServedBesideAsync(kind, meeting.Listener.HostPort, async () =>
        {
            await meeting.AssociateAsync();
            Assert.Equal(DicomCommandStatusType.Success, await meeting.Scu.EchoAsync());
            await meeting.Scu.ReleaseAsync();
        });
        await meeting.AssertForgottenAsync();
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Place_TheApplicationFails_ComesBack(string where)
    {
        using var listener = new DicomNet(null, DicomNetSecurityMode.None, new() { Limits = new() { MaximumAssociations = 1 } });
        var fails = true;
        void Fail(string here)
        {
            if (fails && where == here)
            {
                throw new InvalidOperationException("The test's.");
            }
        }

        listener.Accepting += (_, _) => Fail("connection");
        listener.AssociateRequestReceived += (_, e) =>
        {
            Fail("associate request");
            e.Accept(e.Association.CreateAcceptAll()).ThrowIfFailed();
        };
        listener.CEchoRequestReceived += (_, _) => Fail("echo");
        listener.CStoreRequestReceived += (_, _) => Fail("store");
        listener.ReleaseRequestReceived += (_, _) => Fail("release");
        TestScp.Listening(listener);

        for (var i = 0; i < 5; i++)
        {
            await using var scu = await RawScu.ConnectedAsync(listener.HostPort);
            await TalkAsync(scu);
            await Eventually.True(() => listener.Door.Connections.Associations == 0);
        }

        fails = false;
        await using var last = await RawScu.AssociatedAsync(listener.HostPort);
        Assert.Equal(DicomCommandStatusType.Success, await last.Peer.EchoAsync(1));
    }

    /// <summary>Says all it has to say, whatever the answers, and goes.</summary>
    private static async Task TalkAsync(RawScu scu)
    {
        try
        {
            await scu.Peer.SendAsync(WireBytes.Of(WireBytes.Request()));
            if ((await scu.Peer.ReceiveAsync()).Type == PduType.AAssociateAc)
            {
                await scu.Peer.SendAsync(
                    WireBytes.EchoRq(1), WireBytes.StoreRq(2), WireBytes.StoreData(true, WireBytes.PixelData(10)), WireBytes.ReleaseRq);
                for (var answers = 0; answers < 3; answers++)
                {
                    await scu.Peer.ReceiveAsync();
                }
            }
        }
        catch (IOException)
        {
            // Closed by the listener.
        }
        catch (Xunit.Sdk.XunitException)
        {
            // The end came where the peer expected a PDU.
        }

        scu.Peer.Reset();
    }

    private static async Task AssertServedBesideAsync(string kind, int port, Func<Task> good)
    {
        List<System.Net.Sockets.Socket> crowd = [];
        for (var i = 0; i < Crowd; i++)
        {
            crowd.Add(await Loopback.ConnectAsync(System.Net.IPAddress.Loopback, port));
            await crowd[^1].SendAsync(FirstWords[kind]).WithTimeout();
        }

        await good();
        crowd.ForEach(socket => socket.Dispose());
    }
}
