using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests;

/// <summary>The recipe of LDicomNet::Listen's page: "to determine the number of connected clients and impose a maximum".</summary>
public sealed class DicomNetClientCountTests
{
    private const int Maximum = 2;

    [Fact]
    public async Task GetClientCount_InOnReceiveAssociateRequest_LimitsTheClientsAndSlotsComeBack()
    {
        using var listener = TestScp.InTheOldStyle(Limit);
        using var first = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);
        using var second = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);
        using var third = new TestScu();

        var rejected = await third.AssociateInVainAsync(listener.HostPort, TestScu.Request(DicomUids.Verification));

        Assert.Equal(DicomAssociateRejectResultType.Transient, rejected.Result);
        Assert.Equal(DicomAssociateRejectSourceType.Provider2, rejected.Source);
        Assert.Equal(DicomAssociateRejectReasonType.Limit, rejected.Reason);

        await third.ClosedAsync();
        await first.ReleaseAsync();
        await Eventually.True(() => listener.GetClientCount() == Maximum - 1);
        await third.AssociateAsync(listener.HostPort, TestScu.Request(DicomUids.Verification));
        Assert.Equal(DicomCommandStatusType.Success, await third.EchoAsync());
    }

    [Fact]
    public async Task GetClientCount_ClientLostWithoutAWord_SlotComesBack()
    {
        using var listener = TestScp.InTheOldStyle(Limit);
        using (var lost = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification))
        {
            Assert.Equal(1, listener.GetClientCount());
            lost.Net.CloseForced(true);
        }

        await Eventually.True(() => listener.GetClientCount() == 0);
    }

    [Fact]
    public async Task GetClient_ByPlace_IsTheClient()
    {
        RecordingNet? made = null;
        using var listener = TestScp.InTheOldStyle(client => made = client);
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);

        Assert.Same(made, listener.GetClient(0));
        Assert.Null(listener.GetClient(1));
        Assert.Null(listener.GetClient(-1));
        Assert.Same(listener, made!.Server);
        Assert.Equal(scu.Net.HostPort, made.PeerPort);
        Assert.Equal("127.0.0.1", made.PeerAddress);
        Assert.Equal(listener.HostPort, made.HostPort);
    }

    private static void Limit(RecordingNet client) => client.Override("OnReceiveAssociateRequest", call =>
    {
        var result = client.Server!.GetClientCount() > Maximum
            ? client.SendAssociateReject(
                DicomAssociateRejectResultType.Transient, DicomAssociateRejectSourceType.Provider2, DicomAssociateRejectReasonType.Limit)
            : client.SendAssociateAccept(((DicomAssociate)call.Arguments[0]!).CreateAcceptAll());
        result.ThrowIfFailed();
    });
}
