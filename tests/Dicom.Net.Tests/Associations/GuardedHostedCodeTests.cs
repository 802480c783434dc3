using Dicom.Net.Associations;
using Dicom.Net.Pdus;
using Dicom.Net.Tests.Support;
using Dicom.Net.Transport;
using static Dicom.Net.Tests.Support.WireBytes;

namespace Dicom.Net.Tests.Associations;

/// <summary>Hosted code behind the guard: what it says, how it ends, and who is told.</summary>
public sealed class GuardedHostedCodeTests
{
    [Fact]
    public async Task HostedCode_SaysWhatHasNoPlace_IsToldAndThePeerSeesNothing()
    {
        await using var meeting = new GuardMeeting();
        await meeting.Peer.SendAsync(Of(Request()));
        var guarded = await meeting.Guarded;

        await Assert.ThrowsAsync<IOException>(() => guarded.SendAsync(EchoRsp(1), CancellationToken.None).WithTimeout());
        await Assert.ThrowsAsync<IOException>(() => guarded.SendAsync(Of(Request()), CancellationToken.None).WithTimeout());
        await Assert.ThrowsAsync<IOException>(() => guarded.SendAsync(Header(4, 0x60000000), CancellationToken.None).WithTimeout());

        Assert.Equal(0, meeting.PeersConnection.Unreceived);
    }

    [Fact]
    public async Task HostedCode_Rejects_ReachesThePeerAndEndsInOrder()
    {
        await using var meeting = new GuardMeeting();
        await meeting.Peer.SendAsync(Of(Request()));
        var hosted = await meeting.HostedAsync();
        await hosted.ExpectAsync(nameof(PduType.AAssociateRq));

        await hosted.SendAsync(Reject(1, 1, 7));

        await meeting.Peer.ExpectAsync("AAssociateRj 1/1/7");
        await hosted.ExpectEndAsync();
        Assert.Equal(AssociationEndKind.Orderly, await meeting.EndAsync());
    }

    [Fact]
    public async Task HostedCode_LeavesWithoutAWord_AbortsForIt()
    {
        await using var meeting = await GuardMeeting.AssociatedAsync();

        meeting.LeaveHosted();

        await meeting.Peer.ExpectAsync("AAbort 0/0");
        Assert.Equal(AssociationEndKind.Aborted, await meeting.EndAsync());
    }

    [Fact]
    public async Task HostedCode_CutsTheConnection_IsAResetUnlessTheLastWordIsSaid()
    {
        await using var standing = await GuardMeeting.AssociatedAsync();
        (await standing.Guarded).Abort();
        await Assert.ThrowsAsync<TransportException>(() => standing.Peer.ReceiveAsync());

        await using var over = await GuardMeeting.AssociatedAsync();
        var hosted = await over.HostedAsync();
        await over.Peer.SendAsync(WireBytes.ReleaseRq);
        await hosted.ExpectAsync(nameof(PduType.AReleaseRq));
        await hosted.SendAsync(WireBytes.ReleaseRp);
        (await over.Guarded).Abort();
        await over.Peer.ExpectAsync(nameof(PduType.AReleaseRp));
    }

    [Fact]
    public async Task HostedCode_Throws_IsLoggedAndAborted()
    {
        await using var meeting = await GuardMeeting.AssociatedAsync();

        meeting.LeaveHosted(new InvalidOperationException("The test's."));

        await meeting.Peer.ExpectAsync("AAbort 0/0");
        Assert.Equal(AssociationEndKind.Failure, await meeting.EndAsync());
        Assert.Equal(1, meeting.Log.Count(2050));
    }

    [Fact]
    public async Task Abort_WhileHostedCodeHasBegunAPdu_GoesOutAlone()
    {
        await using var meeting = await GuardMeeting.AssociatedAsync();
        var guarded = await meeting.Guarded;
        await guarded.SendAsync(EchoRsp(1).AsMemory(..10), CancellationToken.None).WithTimeout();

        Assert.Equal(SendOutcome.Queued, meeting.Handler.Port.Abort(AAbort.ByUser));

        await meeting.Peer.ExpectAsync("AAbort 0/0");
        await Assert.ThrowsAsync<IOException>(() => guarded.SendAsync(EchoRsp(1).AsMemory(10..), CancellationToken.None).WithTimeout());
        await meeting.Peer.ExpectEndAsync();
    }

    [Fact]
    public async Task Abort_OfThePeer_IsHandedOnBeforeTheEnd()
    {
        await using var meeting = await GuardMeeting.AssociatedAsync();
        var hosted = await meeting.HostedAsync();

        await meeting.Peer.SendAsync(WireBytes.Abort(2, 5));

        await hosted.ExpectAsync("AAbort 2/5");
        await hosted.ExpectEndAsync();
        Assert.Equal(AssociationEndKind.Aborted, await meeting.EndAsync());
    }

    [Fact]
    public async Task ReleaseCollision_HostedCodeAnswersFirst_IsSaidWhenItsTurnComes()
    {
        await using var meeting = await GuardMeeting.AssociatedAsync();
        var hosted = await meeting.HostedAsync();
        await hosted.SendAsync(WireBytes.ReleaseRq);
        await meeting.Peer.ExpectAsync(nameof(PduType.AReleaseRq));

        await meeting.Peer.SendAsync(WireBytes.ReleaseRq);
        await hosted.ExpectAsync(nameof(PduType.AReleaseRq));
        await hosted.SendAsync(WireBytes.ReleaseRp);
        Assert.Equal(0, meeting.PeersConnection.Unreceived);
        await meeting.Peer.SendAsync(WireBytes.ReleaseRp);

        await hosted.ExpectAsync(nameof(PduType.AReleaseRp));
        await meeting.Peer.ExpectAsync(nameof(PduType.AReleaseRp));
        Assert.Equal(AssociationEndKind.Orderly, await meeting.EndAsync());
    }

    [Fact]
    public async Task Connection_IsLost_EndsTheReadingAndTellsHow()
    {
        await using var meeting = await GuardMeeting.AssociatedAsync();
        var hosted = await meeting.HostedAsync();
        var ended = hosted.ExpectEndAsync();

        meeting.PeersConnection.Cut();

        await ended;
        Assert.Equal(AssociationEndKind.ConnectionLost, await meeting.EndAsync());
    }

    [Fact]
    public async Task OnAssociationOver_IsToldBeforeTheLastWordIsOut()
    {
        await using var meeting = await GuardMeeting.AssociatedAsync();
        var unreceived = -1;
        meeting.Handler.OnOver = () => unreceived = meeting.PeersConnection.Unreceived;
        var hosted = await meeting.HostedAsync();
        await meeting.Peer.SendAsync(WireBytes.ReleaseRq);
        await hosted.ExpectAsync(nameof(PduType.AReleaseRq));

        await hosted.SendAsync(WireBytes.ReleaseRp);

        Assert.Equal(0, unreceived);
    }
}
