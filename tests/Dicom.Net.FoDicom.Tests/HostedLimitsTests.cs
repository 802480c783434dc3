using Dicom.Net.Interop.Tests.Support;
using FellowOakDicom.Network;
using Hospital;
using Microsoft.Extensions.Time.Testing;

namespace Dicom.Net.FoDicom.Tests;

/// <summary>What fo-dicom's server lacks holds for its services here.</summary>
public sealed class HostedLimitsTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(200);

    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 1, 0, 0, 0, 1, 0, 0, 1 })]
    public async Task SilentPeer_BeforeItsRequestIsWhole_IsClosedByArtim(byte[] begun)
    {
        using var scp = HostedScp.Of<VerificationService>(new() { ArtimTimeout = Soon });
        using var peer = await RawPeer.ConnectedAsync(scp.Port);
        await peer.SendAsync(begun);

        await peer.ExpectEndAsync();

        await scp.EmptyAsync();
        Assert.Equal([DicomExceptionCode.NetArtimTimeout], scp.Ends);
        Assert.Empty(scp.Archive.Told);
    }

    [Fact]
    public async Task ExcessClient_IsRejectedAsTransient_AndServedLater()
    {
        using var scp = HostedScp.Of<VerificationService>(new() { Limits = new() { MaximumAssociations = 1 } });
        using (var first = await RawPeer.AssociatedAsync(scp.Port))
        {
            using var second = await RawPeer.ConnectedAsync(scp.Port);
            await second.SendAsync(RawPeer.Request);
            Assert.Equal([3, 0, 0, 0, 0, 4, 0, 2, 3, 2], await second.ReceiveAsync());
            var rejected = await Assert.ThrowsAsync<DicomAssociationRejectedException>(() => new FoScu(scp.Port).EchoAsync().WithTimeout());
            Assert.Equal(DicomRejectReason.LocalLimitExceeded, rejected.RejectReason);
            await first.SendAsync(RawPeer.ReleaseRq);
            Assert.Equal(6, (await first.ReceiveAsync())[0]);
        }

        Assert.Equal(DicomStatus.Success, await new FoScu(scp.Port).EchoAsync().WithTimeout());
    }

    [Fact]
    public async Task CallingTitle_ThatIsNotAdmitted_IsRejected()
    {
        using var scp = HostedScp.Of<VerificationService>(new() { Admission = new() { CallingTitles = ["FRIEND"] } });

        var rejected = await Assert.ThrowsAsync<DicomAssociationRejectedException>(() => new FoScu(scp.Port).EchoAsync().WithTimeout());

        Assert.Equal(DicomRejectReason.CallingAENotRecognized, rejected.RejectReason);
        Assert.Equal(DicomStatus.Success, await new FoScu(scp.Port, title: "FRIEND").EchoAsync().WithTimeout());
    }

    [Fact]
    public async Task Drain_LetsWhatStandsGoOn_RejectsNewcomersAndAbortsAtTheDeadline()
    {
        using var scp = HostedScp.Of<VerificationService>(new() { TimeProvider = _time });
        using var standing = await RawPeer.AssociatedAsync(scp.Port);
        using var late = await RawPeer.ConnectedAsync(scp.Port);
        await Timeouts.UntilAsync(() => scp.Net.GetClientCount() == 2, "both are clients");

        var drained = scp.Net.CloseAsync(TimeSpan.FromSeconds(2));
        await late.SendAsync(RawPeer.Request);
        Assert.Equal([3, 0, 0, 0, 0, 4, 0, 2, 3, 1], await late.ReceiveAsync());
        await standing.SendAsync(RawPeer.EchoRq(1));
        Assert.Equal(4, (await standing.ReceiveAsync())[0]);
        Assert.False(drained.IsCompleted);

        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal([7, 0, 0, 0, 0, 4, 0, 0, 0, 0], await standing.ReceiveAsync());
        standing.Dispose();
        late.Dispose();
        await drained.WithTimeout();
    }

    [Fact]
    public async Task Released_ButNotClosedByThePeer_IsClosedByArtim()
    {
        using var scp = HostedScp.Of<VerificationService>(new() { TimeProvider = _time, ArtimTimeout = Soon });
        using var peer = await RawPeer.AssociatedAsync(scp.Port);

        await peer.SendAsync(RawPeer.ReleaseRq);

        Assert.Equal(6, (await peer.ReceiveAsync())[0]);
        _time.Advance(Soon);
        await peer.ExpectEndAsync();
        await scp.EmptyAsync();
        Assert.Equal([DicomExceptionCode.NetArtimTimeout], scp.Ends);
        Assert.Equal(["Closed"], scp.Archive.Told);
    }

    [Fact]
    public async Task IdleAssociation_IsReleased()
    {
        using var scp = HostedScp.Of<VerificationService>(new() { IdleTimeout = Soon });
        using var peer = await RawPeer.AssociatedAsync(scp.Port);

        Assert.Equal(5, (await peer.ReceiveAsync())[0]);
        await peer.SendAsync(6, 0, 0, 0, 0, 4, 0, 0, 0, 0);

        await peer.ExpectEndAsync();
        await scp.EmptyAsync();
        Assert.Equal([DicomExceptionCode.NetIdleTimeout], scp.Ends);
    }

    [Fact]
    public async Task Pdu_ThatIsNotEndedInTime_IsAborted()
    {
        using var scp = HostedScp.Of<VerificationService>(new() { PduTimeout = Soon });
        using var peer = await RawPeer.AssociatedAsync(scp.Port);

        await peer.SendAsync(4, 0, 0, 0, 0, 100, 1, 2, 3);

        Assert.Equal([7, 0, 0, 0, 0, 4, 0, 0, 2, 0], await peer.ReceiveAsync());
        peer.Dispose();
        await scp.EmptyAsync();
        Assert.Equal([DicomExceptionCode.NetPduTimeout], scp.Ends);
    }

    [Theory]
    [InlineData(new byte[] { 4, 0, 0x60, 0, 0, 0 }, 6)] // P-DATA-TF of 1.5 GiB
    [InlineData(new byte[] { 9, 0, 0, 0, 0, 4, 0, 0, 0, 0 }, 1)] // No PDU-type
    [InlineData(new byte[] { 2, 0, 0, 0, 0, 74 }, 2)] // A-ASSOCIATE-AC, and its body behind
    public async Task Pdu_ThatHasNoPlace_IsAbortedAsTheStandardSays(byte[] pdu, byte reason)
    {
        using var scp = HostedScp.Of<VerificationService>();
        using var peer = await RawPeer.AssociatedAsync(scp.Port);

        await peer.SendAsync(pdu[0] == 2 ? [.. pdu, .. new byte[74]] : pdu);

        Assert.Equal([7, 0, 0, 0, 0, 4, 0, 0, 2, reason], await peer.ReceiveAsync());
        await peer.ExpectEndAsync();
    }

    [Fact]
    public async Task SecondRequest_OnAnAssociation_IsAborted()
    {
        using var scp = HostedScp.Of<VerificationService>();
        using var peer = await RawPeer.AssociatedAsync(scp.Port);

        await peer.SendAsync(RawPeer.Request);

        Assert.Equal([7, 0, 0, 0, 0, 4, 0, 0, 2, 2], await peer.ReceiveAsync());
    }

    [Fact]
    public async Task Cancel_OfNothing_DoesNotEndTheAssociation()
    {
        using var scp = HostedScp.Of<VerificationService>();
        using var peer = await RawPeer.AssociatedAsync(scp.Port);

        await peer.SendAsync([.. RawPeer.CancelRq(7), .. RawPeer.EchoRq(8)]);

        Assert.Equal(4, (await peer.ReceiveAsync())[0]);
    }

    [Fact]
    public async Task Operation_ThatTheServiceHasNot_EndsInAnAbort()
    {
        using var scp = HostedScp.Of<VerificationService>();
        using var peer = await RawPeer.AssociatedAsync(scp.Port);

        await peer.SendAsync(RawPeer.FindRq(1));

        Assert.Equal([7, 0, 0, 0, 0, 4, 0, 0, 0, 0], await peer.ReceiveAsync());
        await peer.ExpectEndAsync();
        peer.Dispose();
        await scp.EmptyAsync();
    }

    [Fact]
    public async Task Abort_OfThePeer_IsToldToTheService()
    {
        using var scp = HostedScp.Of<VerificationService>();
        using var peer = await RawPeer.AssociatedAsync(scp.Port);

        await peer.SendAsync(7, 0, 0, 0, 0, 4, 0, 0, 0, 0);

        await peer.ExpectEndAsync();
        await scp.EmptyAsync();
        Assert.Equal([DicomExceptionCode.NetAssociationAborted], scp.Ends);
        Assert.Equal(["Abort", "Closed"], scp.Archive.Told);
    }

    [Fact]
    public async Task Close_WhileAHandlerRuns_AbortsAndTheServiceEndsLater()
    {
        using var scp = HostedScp.Of<VerificationService>();
        var mayEnd = new TaskCompletionSource();
        scp.Archive.EchoMayEnd = mayEnd.Task;
        using var peer = await RawPeer.AssociatedAsync(scp.Port);
        await peer.SendAsync(RawPeer.EchoRq(1));
        await Timeouts.UntilAsync(() => scp.Archive.Told.Contains("Echo"), "the handler runs");

        scp.Net.GetClient(0)!.Close();

        Assert.Equal([7, 0, 0, 0, 0, 4, 0, 0, 0, 0], await peer.ReceiveAsync());
        Assert.Equal(1, scp.Net.GetClientCount());
        peer.Dispose();
        mayEnd.SetResult();
        await scp.EmptyAsync();
    }
}
