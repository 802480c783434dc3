using System.Net.Sockets;
using Dicom.Net.Pdus;
using Dicom.Net.Tests.Services;
using Dicom.Net.Tests.Support;
using Dicom.Net.Tests.Transport;
using Microsoft.Extensions.Time.Testing;

namespace Dicom.Net.Tests;

/// <summary>How many may come: what is over a limit gets the standard's answer, and every place comes back.</summary>
public sealed class DicomNetAssociationLimitsTests
{
    private const string OverLimit = $"{nameof(PduType.AAssociateRj)} 2/3/2";

    /// <summary>The ways in which an association, or the attempt at one, comes to its end.</summary>
    public enum Ending
    {
        Released,
        ReleasedAndNotClosed,
        ReleasedByUs,
        AbortedByPeer,
        AbortedByUs,
        ClosedInMidPdu,
        Reset,
        Malformed,
        UnknownPdu,
        ClosedByUs,
        CutByUs,
    }

    public static TheoryData<Ending> Endings => [.. Enum.GetValues<Ending>()];

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(0, 1, 0)]
    [InlineData(0, 0, 1)]
    public async Task AssociateRequest_OverALimit_IsRejectedAsTransientAndServedLater(int inAll, int perAddress, int perTitle)
    {
        var limits = new DicomNetLimits
        {
            MaximumAssociations = inAll,
            MaximumAssociationsPerAddress = perAddress,
            MaximumAssociationsPerCallingTitle = perTitle,
        };
        var log = new RecordingLogger();
        using var listener = TestScp.AcceptingAll(new() { Limits = limits, LoggerFactory = new SingleLoggerFactory(log) });
        await using var first = await RawScu.AssociatedAsync(listener.HostPort);

        for (var i = 0; i < 3; i++)
        {
            await using var second = await RawScu.ConnectedAsync(listener.HostPort);
            await second.Peer.SendAsync(WireBytes.Of(WireBytes.Request()));
            await second.Peer.ExpectAsync(OverLimit);
        }

        Assert.Equal(DicomCommandStatusType.Success, await first.Peer.EchoAsync(1));
        Assert.Equal(1, log.Count(3102));
        await first.Peer.ReleaseAsync();
        await using var third = await RawScu.AssociatedAsync(listener.HostPort);
        Assert.Equal(DicomCommandStatusType.Success, await third.Peer.EchoAsync(1));
    }

    [Fact]
    public async Task AssociateRequest_OtherAddressAndOtherTitle_HavePlacesOfTheirOwn()
    {
        using var listener = TestScp.AcceptingAll(new()
        {
            Limits = new() { MaximumAssociationsPerAddress = 1, MaximumAssociationsPerCallingTitle = 1 },
        });
        await using var first = await RawScu.AssociatedAsync(listener.HostPort);
        await using var sameTitle = await RawScu.ConnectedAsync(listener.HostPort, "127.0.0.2");
        await using var otherTitle = await RawScu.ConnectedAsync(listener.HostPort, "127.0.0.2");
        await using var sameAddress = await RawScu.ConnectedAsync(listener.HostPort);
        var other = WireBytes.Request() with { CallingAETitle = "OTHER" };

        await sameTitle.Peer.SendAsync(WireBytes.Of(WireBytes.Request()));
        await sameTitle.Peer.ExpectAsync(OverLimit);
        await sameAddress.Peer.SendAsync(WireBytes.Of(other));
        await sameAddress.Peer.ExpectAsync(OverLimit);
        await otherTitle.Peer.SendAsync(WireBytes.Of(other));
        await otherTitle.Peer.ExpectAsync(nameof(PduType.AAssociateAc));
    }

    [Theory]
    [MemberData(nameof(Endings))]
    public async Task Place_HoweverAnAssociationEnds_ComesBack(Ending ending)
    {
        using var listener = TestScp.AcceptingAll(new() { Limits = new() { MaximumAssociations = 1 } });
        for (var i = 0; i < 3; i++)
        {
            // The one before may still be closing.
            await Eventually.True(() => listener.GetClientCount() == 0);
            await using var scu = await RawScu.AssociatedAsync(listener.HostPort);
            await EndAsync(listener, scu, ending);
            await Eventually.True(() => listener.Door.Connections.Associations == 0);
        }

        using var last = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);
        Assert.Equal(DicomCommandStatusType.Success, await last.EchoAsync());
        await last.ReleaseAsync();
        await Eventually.True(() => (listener.Door.Connections.Associations, listener.Door.Connections.Unassociated) == (0, 0));
    }

    [Fact]
    public async Task Place_OfARejectedRequest_ComesBackAtOnce()
    {
        using var listener = TestScp.Listening(new DicomNet(
            null, DicomNetSecurityMode.None, new() { Limits = new() { MaximumAssociations = 1 } }));
        List<RawScu> rejected = [];
        for (var i = 0; i < 5; i++)
        {
            // None of them closes its connection.
            rejected.Add(await RawScu.ConnectedAsync(listener.HostPort));
            await rejected[^1].Peer.SendAsync(WireBytes.Of(WireBytes.Request()));
            await rejected[^1].Peer.ExpectAsync($"{nameof(PduType.AAssociateRj)} 1/1/1");
        }

        Assert.Equal((0, 5), (listener.Door.Connections.Associations, listener.Door.Connections.Unassociated));
        rejected.ForEach(scu => scu.Peer.Close());
        await Eventually.True(() => listener.Door.Connections.Unassociated == 0);
    }

    [Fact]
    public async Task Place_OfAReleasedAssociationThatIsNotClosed_IsFreeWhenThePeerHasTheResponse()
    {
        using var listener = TestScp.AcceptingAll(new() { Limits = new() { MaximumAssociations = 1 } });
        List<RawScu> released = [];
        for (var i = 0; i < 20; i++)
        {
            var scu = await RawScu.AssociatedAsync(listener.HostPort);
            await scu.Peer.SendAsync(WireBytes.ReleaseRq);
            await scu.Peer.ExpectAsync(nameof(PduType.AReleaseRp));
            released.Add(scu);
        }

        released.ForEach(scu => scu.Peer.Close());
        await Eventually.True(() => listener.GetClientCount() == 0);
    }

    [Fact]
    public async Task Connections_SilentOnes_CrowdOutEachOtherAndNobodyElse()
    {
        const int room = 8;
        var log = new RecordingLogger();
        using var listener = TestScp.AcceptingAll(new()
        {
            Limits = new() { MaximumUnassociatedConnections = room },
            LoggerFactory = new SingleLoggerFactory(log),
        });
        await using var good = await RawScu.AssociatedAsync(listener.HostPort);
        List<RawScu> silent = [];
        for (var i = 0; i < 5 * room; i++)
        {
            silent.Add(await RawScu.ConnectedAsync(listener.HostPort));
        }

        await using var late = await RawScu.AssociatedAsync(listener.HostPort);
        await Task.WhenAll(silent[..^room].Select(scu => scu.Peer.ExpectEndAsync()));

        Assert.Equal(DicomCommandStatusType.Success, await good.Peer.EchoAsync(1));
        Assert.Equal(DicomCommandStatusType.Success, await late.Peer.EchoAsync(1));
        Assert.Equal((1, room - 1), (log.Count(3101), listener.Door.Connections.Unassociated));
        Assert.Equal((5 * room) + 1 - room, listener.ClosedConnections);
        silent.ForEach(scu => scu.Peer.Close());
        await Eventually.True(() => listener.Door.Connections.Unassociated == 0);
    }

    [Fact]
    public async Task Connections_ThatNobodyAccepts_CrowdOutEachOther()
    {
        using var listener = new RecordingNet(new() { Limits = new() { MaximumUnassociatedConnections = 2 } });
        listener.Override("OnAccept", _ => { });
        TestScp.Listening(listener);
        await using var first = await RawScu.ConnectedAsync(listener.HostPort);
        await using var second = await RawScu.ConnectedAsync(listener.HostPort);
        await using var third = await RawScu.ConnectedAsync(listener.HostPort);

        await first.Peer.ExpectEndAsync();

        listener.Close();
        await second.Peer.ExpectEndAsync();
        await third.Peer.ExpectEndAsync();
        Assert.Equal(0, listener.Door.Connections.Unassociated);
    }

    [Fact]
    public async Task Connections_SilentUntilArtim_GiveTheirPlacesBack()
    {
        var time = new FakeTimeProvider();
        using var listener = TestScp.AcceptingAll(new() { TimeProvider = time });
        await using var silent = await RawScu.ConnectedAsync(listener.HostPort);
        await using var slow = await RawScu.ConnectedAsync(listener.HostPort);
        await slow.Peer.SendAsync(WireBytes.Of(WireBytes.Request())[..40]);
        await Eventually.True(() => listener.Door.Connections.Unassociated == 2);

        await Eventually.True(() =>
        {
            time.Advance(TimeSpan.FromSeconds(30));
            return listener.Door.Connections.Unassociated == 0;
        });
        await silent.Peer.ExpectEndAsync();
    }

    [Fact]
    public async Task Connections_ThatFailToBecomeSecure_GiveTheirPlacesBack()
    {
        using var meeting = new TlsMeeting(options: new() { Limits = new() { MaximumUnassociatedConnections = 2, MaximumAssociations = 1 } });
        for (var i = 0; i < 5; i++)
        {
            using var junk = await Loopback.ConnectAsync(System.Net.IPAddress.Loopback, meeting.Listener.HostPort);
            await junk.SendAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray()).WithTimeout();
            Assert.Equal(0, await junk.ReceiveAsync(new byte[10]).WithTimeout());
        }

        using var mute = await Loopback.ConnectAsync(System.Net.IPAddress.Loopback, meeting.Listener.HostPort);
        mute.Shutdown(SocketShutdown.Both);
        await Eventually.True(() => meeting.Listener.Door.Connections.Unassociated == 0);
        await meeting.AssociateAsync();
        Assert.Equal(DicomCommandStatusType.Success, await meeting.Scu.EchoAsync());
    }

    private static async Task EndAsync(DicomNet listener, RawScu scu, Ending ending)
    {
        var client = listener.GetClient(0)!;
        switch (ending)
        {
            case Ending.Released:
                await scu.Peer.ReleaseAsync();
                break;
            case Ending.ReleasedAndNotClosed:
                await scu.Peer.SendAsync(WireBytes.ReleaseRq);
                await scu.Peer.ExpectAsync(nameof(PduType.AReleaseRp));
                break;
            case Ending.ReleasedByUs:
                client.SendReleaseRequest().ThrowIfFailed();
                await scu.Peer.ExpectAsync(nameof(PduType.AReleaseRq));
                await scu.Peer.SendAsync(WireBytes.ReleaseRp);
                break;
            case Ending.AbortedByPeer:
                await scu.Peer.SendAsync(WireBytes.Abort());
                break;
            case Ending.AbortedByUs:
                client.SendAbort(DicomAbortSourceType.User, DicomAbortReasonType.Unknown).ThrowIfFailed();
                break;
            case Ending.ClosedInMidPdu:
                await scu.Peer.SendAsync(WireBytes.StoreRq(1)[..10]);
                scu.Peer.Close();
                break;
            case Ending.Reset:
                scu.Peer.Reset();
                break;
            case Ending.Malformed:
                await scu.Peer.SendAsync(WireBytes.PData([0, 0, 0, 1, 1]));
                break;
            case Ending.UnknownPdu:
                await scu.Peer.SendAsync(WireBytes.Header(0x47, 20));
                break;
            case Ending.ClosedByUs:
                client.Close();
                break;
            default:
                client.CloseForced(true);
                break;
        }
    }
}
