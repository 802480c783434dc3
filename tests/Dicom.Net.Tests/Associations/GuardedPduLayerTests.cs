using Dicom.Net.Associations;
using Dicom.Net.Dimse;
using Dicom.Net.Pdus;
using Dicom.Net.Tests.Support;
using static Dicom.Net.Tests.Support.WireBytes;

namespace Dicom.Net.Tests.Associations;

/// <summary>Hosted code behind the guard: what of the peer's passes, and what does not.</summary>
public sealed class GuardedPduLayerTests
{
    [Fact]
    public async Task Association_OfHostedCode_PassesInBothDirections()
    {
        await using var meeting = await GuardMeeting.AssociatedAsync();
        var hosted = await meeting.HostedAsync();

        await meeting.Peer.SendAsync(EchoRq(1));
        Assert.Equal(EchoRq(1)[6..], (await hosted.ReceiveAsync()).Body);
        await hosted.SendAsync(EchoRsp(1));
        Assert.Equal(EchoRsp(1)[6..], (await meeting.Peer.ReceiveAsync()).Body);
        Assert.True(meeting.Handler.Port.IsAssociated);

        await meeting.Peer.SendAsync(WireBytes.ReleaseRq);
        await hosted.ExpectAsync(nameof(PduType.AReleaseRq));
        await hosted.SendAsync(WireBytes.ReleaseRp);
        await meeting.Peer.ExpectAsync(nameof(PduType.AReleaseRp));
        await hosted.ExpectEndAsync();
        Assert.Equal(AssociationEndKind.Orderly, await meeting.EndAsync());
        Assert.Equal(["Connected", "Closed"], meeting.Handler.Names);
    }

    [Fact]
    public async Task Pdus_InPiecesOfOneByte_PassWhole()
    {
        await using var meeting = await GuardMeeting.AssociatedAsync();
        meeting.OwnConnection.ByteByByte = true;
        var guarded = await meeting.Guarded;

        await meeting.Peer.SendAsync(EchoRq(1));
        await (await meeting.HostedAsync()).ExpectAsync(nameof(PduType.PDataTf));
        foreach (var piece in EchoRsp(1))
        {
            Assert.Equal(0, meeting.PeersConnection.Unreceived);
            await guarded.SendAsync(new[] { piece }, CancellationToken.None).WithTimeout();
        }

        Assert.Equal(EchoRsp(1).Length, meeting.PeersConnection.Unreceived);
    }

    [Fact]
    public async Task Receive_ThatIsCancelled_LosesNoByte()
    {
        await using var meeting = await GuardMeeting.AssociatedAsync();
        var guarded = await meeting.Guarded;
        using var enough = new CancellationTokenSource();
        var room = new byte[1000];

        var waiting = guarded.ReceiveAsync(room, enough.Token).AsTask();
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WithTimeout());

        using var tooLate = new CancellationTokenSource();
        var reading = guarded.ReceiveAsync(room, tooLate.Token).AsTask();
        await meeting.Peer.SendAsync(EchoRq(1)[..10]);
        await meeting.HeardAsync();
        await tooLate.CancelAsync();
        await meeting.Peer.SendAsync(EchoRq(1)[10..]);
        Assert.Equal(EchoRq(1), room[..await reading.WithTimeout()]);
    }

    [Fact]
    public async Task Request_ThatRulesOrLimitsRefuse_IsRejectedAndNeverHandedOn()
    {
        await using var meeting = new GuardMeeting();
        meeting.Handler.Refusal = Task.FromResult<AAssociateRj?>(AAssociateRj.LocalLimitExceeded);

        await meeting.Peer.SendAsync(Of(Request()));

        await meeting.Peer.ExpectAsync("AAssociateRj 2/3/2");
        Assert.Equal(AssociationEndKind.Orderly, await meeting.EndAsync());
        Assert.False(meeting.IsHosted);
    }

    [Fact]
    public async Task Request_WhoseRuleTakesItsTime_IsHandedOnWhenItIsAdmitted()
    {
        await using var meeting = new GuardMeeting();
        var rule = meeting.RefuseLater();
        await meeting.Peer.SendAsync(Of(Request()));
        await meeting.HeardAsync();
        Assert.False(meeting.IsHosted);

        rule.SetResult(null);
        var hosted = await meeting.HostedAsync();
        await hosted.ExpectAsync(nameof(PduType.AAssociateRq));
        await hosted.SendAsync(Of(Answer(Request())));
        await meeting.Peer.ExpectAsync(nameof(PduType.AAssociateAc));

        await meeting.Peer.SendAsync(EchoRq(1), EchoRq(2));
        Assert.Equal(EchoRq(1)[6..], (await hosted.ReceiveAsync()).Body);
        Assert.Equal(EchoRq(2)[6..], (await hosted.ReceiveAsync()).Body);
    }

    [Fact]
    public async Task Request_WhoseRuleTakesItsTime_IsRejectedWhenItIsRefused()
    {
        await using var meeting = new GuardMeeting();
        var rule = meeting.RefuseLater();
        await meeting.Peer.SendAsync(Of(Request()));
        await meeting.HeardAsync();

        rule.SetResult(AAssociateRj.UserNotAuthorized);

        await meeting.Peer.ExpectAsync("AAssociateRj 1/2/1");
        Assert.Equal(AssociationEndKind.Orderly, await meeting.EndAsync());
        Assert.False(meeting.IsHosted);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Peer_ThatLeavesWhileARuleTakesItsTime_IsNoticedAndNeverHandedOn(bool cuts)
    {
        await using var meeting = new GuardMeeting();
        var rule = meeting.RefuseLater();
        var ending = new TaskCompletionSource();
        meeting.Handler.Ending = ending.SetResult;
        await meeting.Peer.SendAsync(Of(Request()));
        await meeting.HeardAsync();

        if (cuts)
        {
            meeting.PeersConnection.Cut();
        }
        else
        {
            await meeting.Peer.SendAsync(WireBytes.Abort());
        }

        await ending.Task.WithTimeout();
        rule.SetResult(null);
        Assert.Equal(cuts ? AssociationEndKind.ConnectionLost : AssociationEndKind.Aborted, await meeting.EndAsync());
        Assert.False(meeting.IsHosted);
    }

    [Fact]
    public async Task Data_BeforeTheRequestIsAnswered_IsAborted()
    {
        await using var meeting = new GuardMeeting();
        var rule = meeting.RefuseLater();

        await meeting.Peer.SendAsync(Of(Request()), EchoRq(1));

        await meeting.Peer.ExpectAsync("AAbort 2/2");
        rule.SetResult(null);
        await meeting.Peer.ExpectEndAsync();
        Assert.False(meeting.IsHosted);
    }

    [Fact]
    public async Task Request_ThatTheProviderMustRefuse_IsRejectedAndNeverHandedOn()
    {
        await using var meeting = new GuardMeeting();

        await meeting.Peer.SendAsync(Of(Request() with { ProtocolVersion = 2 }));

        await meeting.Peer.ExpectAsync("AAssociateRj 1/2/2");
        Assert.Equal(AssociationEndKind.Orderly, await meeting.EndAsync());
        Assert.False(meeting.IsHosted);
    }

    [Theory]
    [InlineData((byte)PduType.AReleaseRq, 4u, "AAbort 0/0")]
    [InlineData((byte)9, 4u, "AAbort 0/0")]
    [InlineData((byte)PduType.AAssociateRq, 0x7FFFFFFFu, "AAbort 0/0")]
    public async Task FirstPdu_ThatIsNoRequest_IsAborted(byte type, uint length, string answer)
    {
        await using var meeting = new GuardMeeting();

        await meeting.Peer.SendAsync([.. Header(type, length), 0, 0, 0, 0]);

        await meeting.Peer.ExpectAsync(answer);
        await meeting.Peer.ExpectEndAsync();
        Assert.Equal(AssociationEndKind.Aborted, await meeting.EndAsync());
        Assert.False(meeting.IsHosted);
    }

    public static TheoryData<byte[], string> Faults => new()
    {
        { Of(Request()), "AAbort 2/2" },
        { Of(Answer(Request())), "AAbort 2/2" },
        { Reject(1, 1, 1), "AAbort 2/2" },
        { WireBytes.ReleaseRp, "AAbort 2/2" },
        { Header(9, 4), "AAbort 2/1" },
        { Header(4, 0x60000000), "AAbort 2/6" },
        { Header(4, 16385), "AAbort 2/6" },
        { Pdu(4, 0, 0, 0, 100, 1, 3), "AAbort 2/6" },
        { PData(Pdv(5, LastCommand, 1, 2)), "AAbort 2/5" },
        { PData(Pdv(StoreContext, Data, 1, 2)), "AAbort 2/6" },
        { PData(Pdv(EchoContext, LastCommand, 1, 2)), "AAbort 2/6" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Pdu_ThatBreaksTheProtocol_IsAbortedAndNotHandedOn(byte[] pdu, string answer)
    {
        await using var meeting = await GuardMeeting.AssociatedAsync();
        var hosted = await meeting.HostedAsync();
        var ended = hosted.ExpectEndAsync();

        await meeting.Peer.SendAsync(pdu);

        await meeting.Peer.ExpectAsync(answer);
        await meeting.Peer.ExpectEndAsync();
        await ended;
        Assert.Equal(AssociationEndKind.Aborted, await meeting.EndAsync());
    }

    [Fact]
    public async Task DataSet_OverItsLimit_EndsTheAssociation()
    {
        await using var meeting = await GuardMeeting.AssociatedAsync(options => options with { Spool = new() { MaximumLength = 3 } });
        var hosted = await meeting.HostedAsync();

        await meeting.Peer.SendAsync(StoreRq(1), StoreData(false, 1, 2), StoreData(true, 3, 4));

        await hosted.ExpectAsync(nameof(PduType.PDataTf));
        await hosted.ExpectAsync(nameof(PduType.PDataTf));
        await hosted.ExpectEndAsync();
        await meeting.Peer.ExpectAsync("AAbort 2/0");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancel_InAPduOfItsOwn_IsHandedOnIfTheLayerTakesIt(bool takesCancels)
    {
        await using var meeting = await GuardMeeting.AssociatedAsync(takesCancels: takesCancels);
        var hosted = await meeting.HostedAsync();
        var cancel = PData(Pdv(EchoContext, LastCommand, Bytes(CommandSet.CCancelRq(7))));

        await meeting.Peer.SendAsync(cancel, EchoRq(8));

        Assert.Equal(takesCancels ? cancel[6..] : EchoRq(8)[6..], (await hosted.ReceiveAsync()).Body);
    }
}
