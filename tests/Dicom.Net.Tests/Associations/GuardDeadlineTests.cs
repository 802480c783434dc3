using Dicom.Net.Associations;
using Dicom.Net.Pdus;
using Dicom.Net.Tests.Support;
using static Dicom.Net.Tests.Support.WireBytes;

namespace Dicom.Net.Tests.Associations;

/// <summary>The time limits of an association whose code is hosted.</summary>
public sealed class GuardDeadlineTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    public async Task Request_ThatIsNotWholeInTime_IsClosedByArtim(int count)
    {
        await using var meeting = new GuardMeeting();
        await meeting.Peer.SendAsync(Of(Request())[..count]);
        await meeting.HeardAsync();

        meeting.Time.Advance(30 * Second);

        await meeting.Peer.ExpectEndAsync();
        Assert.Equal(AssociationEndKind.ArtimExpired, await meeting.EndAsync());
        Assert.False(meeting.IsHosted);
    }

    [Fact]
    public async Task Pdu_ThatIsNotEnded_IsAborted()
    {
        await using var meeting = await GuardMeeting.AssociatedAsync();
        var ended = (await meeting.HostedAsync()).ExpectEndAsync();
        await meeting.Peer.SendAsync([.. Header(4, 100), 1, 2]);
        await meeting.HeardAsync();

        meeting.Time.Advance(60 * Second);

        await meeting.Peer.ExpectAsync("AAbort 2/0");
        await ended;
        Assert.Equal(AssociationEndKind.PduTimeout, await meeting.EndAsync());
    }

    [Fact]
    public async Task Message_ThatIsNotGoneOnWith_IsAbortedWhileHostedCodeWaits()
    {
        await using var meeting = await GuardMeeting.AssociatedAsync();
        var hosted = await meeting.HostedAsync();
        await meeting.Peer.SendAsync(StoreRq(1));
        await hosted.ExpectAsync(nameof(PduType.PDataTf));

        // Hosted code that takes its time is not the peer's fault.
        meeting.Time.Advance(100 * Second);
        var ended = hosted.ExpectEndAsync();
        meeting.Time.Advance(60 * Second);

        await meeting.Peer.ExpectAsync("AAbort 2/0");
        await ended;
        Assert.Equal(AssociationEndKind.ReceiveTimeout, await meeting.EndAsync());
    }

    [Fact]
    public async Task Message_ThatTakesTooLongAsAWhole_IsAborted()
    {
        await using var meeting = await GuardMeeting.AssociatedAsync(options => options with { WholeMessageTimeout = 70 * Second });
        var hosted = await meeting.HostedAsync();
        await meeting.Peer.SendAsync(StoreRq(1));
        await hosted.ExpectAsync(nameof(PduType.PDataTf));
        var next = hosted.ReceiveAsync();
        meeting.Time.Advance(40 * Second);
        await meeting.Peer.SendAsync(StoreData(false, 1, 2));
        await next;
        var ended = hosted.ExpectEndAsync();

        meeting.Time.Advance(30 * Second);

        await meeting.Peer.ExpectAsync("AAbort 2/0");
        await ended;
        Assert.Equal(AssociationEndKind.MessageTimeout, await meeting.EndAsync());
    }

    [Fact]
    public async Task Message_AfterOneThatHasEnded_HasTheWholeTime()
    {
        await using var meeting = await GuardMeeting.AssociatedAsync(options => options with { WholeMessageTimeout = 70 * Second });
        var hosted = await meeting.HostedAsync();
        for (var i = 0; i < 3; i++)
        {
            await meeting.Peer.SendAsync(StoreRq(1));
            await hosted.ExpectAsync(nameof(PduType.PDataTf));
            var next = hosted.ReceiveAsync();
            meeting.Time.Advance(40 * Second);
            await meeting.Peer.SendAsync(StoreData(true, 1, 2));
            await next;
        }

        await meeting.Peer.SendAsync(EchoRq(2));
        await hosted.ExpectAsync(nameof(PduType.PDataTf));
    }

    [Fact]
    public async Task PeerThatDoesNotRead_IsCutOff()
    {
        await using var meeting = await GuardMeeting.AssociatedAsync();
        var guarded = await meeting.Guarded;
        meeting.PeersConnection.ReceiveCapacity = 0;
        var sending = guarded.SendAsync(EchoRsp(1), CancellationToken.None).AsTask();
        Assert.False(sending.IsCompleted);

        meeting.Time.Advance(60 * Second);

        await Assert.ThrowsAnyAsync<IOException>(() => sending.WithTimeout());
        Assert.Equal(AssociationEndKind.SendTimeout, await meeting.EndAsync());
    }

    [Theory]
    [InlineData(false, "AReleaseRq")]
    [InlineData(true, "AAbort 2/0")]
    public async Task IdleAssociation_IsEnded(bool aborts, string by)
    {
        await using var meeting = await GuardMeeting.AssociatedAsync(options => options with { IdleTimeout = 100 * Second, AbortsIdle = aborts });
        var hosted = await meeting.HostedAsync();
        var next = hosted.ReceiveAsync();
        meeting.Time.Advance(60 * Second);
        await meeting.Peer.SendAsync(EchoRq(1));
        await next;

        // Hosted code at work is not idle.
        meeting.Time.Advance(90 * Second);
        Assert.Equal(0, meeting.PeersConnection.Unreceived);
        var last = aborts ? hosted.ExpectEndAsync() : hosted.ExpectAsync(nameof(PduType.AReleaseRp));
        meeting.Time.Advance(100 * Second);

        await meeting.Peer.ExpectAsync(by);
        await (aborts ? Task.CompletedTask : meeting.Peer.SendAsync(WireBytes.ReleaseRp));
        await last;
        Assert.Equal(AssociationEndKind.IdleTimeout, await meeting.EndAsync());
    }

    [Fact]
    public async Task Close_OfThePort_AbortsAndEndsThoughThePeerDoesNot()
    {
        await using var meeting = await GuardMeeting.AssociatedAsync();

        meeting.Handler.Port.Close();
        await meeting.Peer.ExpectAsync("AAbort 0/0");
        meeting.Time.Advance(2 * Second);

        await Eventually.True(() => meeting.OwnConnection.HasEndedSending);
        meeting.LeaveHosted();
        await meeting.Running.WithTimeout();
        Assert.Equal(AssociationEndKind.Aborted, meeting.Handler.End.Kind);
    }

    [Fact]
    public async Task Close_BeforeARequest_EndsAtOnce()
    {
        await using var meeting = new GuardMeeting();
        await meeting.Handler.NextAsync("Connected");

        meeting.Handler.Port.Close();

        await meeting.Running.WithTimeout();
        Assert.Equal(AssociationEndKind.Orderly, meeting.Handler.End.Kind);
    }
}
