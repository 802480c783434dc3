using System.Threading.Channels;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.Scp;

/// <summary>One object that is used for one connection after the other: an answer that comes late is for the peer that has asked, and for no other.</summary>
public sealed class ReusedObjectTests : IDisposable
{
    private static readonly DicomAdmissionDecision Rejection = DicomAdmissionDecision.Reject(
        DicomAssociateRejectResultType.Permanent, DicomAssociateRejectSourceType.User, DicomAssociateRejectReasonType.Calling);

    private readonly SlowGate _gate = new();
    private readonly DicomNet _listener = new(null, DicomNetSecurityMode.None);
    private readonly DicomNet _client;
    private readonly TestScu _first = new();
    private readonly TestScu _second = new();

    public ReusedObjectTests()
    {
        _client = new(null, new DicomNetOptions { Handlers = new DicomHandlers { Supported = ServedPeer.Everything() }.Add(_gate) });
        _listener.Accepting += (_, _) => _listener.Accept(_client).ThrowIfFailed();
        TestScp.Listening(_listener);
    }

    public enum Late
    {
        Accepts,
        Rejects,
        LeavesItToTheDefault,
    }

    [Theory]
    [InlineData(Late.Accepts)]
    [InlineData(Late.Rejects)]
    [InlineData(Late.LeavesItToTheDefault)]
    public async Task RequestedAsync_ReturnsWhenTheNextPeerIsThere_DecidesNothingAboutThat(Late late)
    {
        await AskAsync(_first, "GOOD");
        await _gate.AskedAsync("GOOD");
        await LeaveAsync(_first);
        await AskAsync(_second, "EVIL");
        await _gate.AskedAsync("EVIL");

        _gate.Decide("GOOD", late switch
        {
            Late.Accepts => DicomAdmissionDecision.Accept(ServedPeer.Everything()),
            Late.Rejects => DicomAdmissionDecision.Reject(
                DicomAssociateRejectResultType.Transient, DicomAssociateRejectSourceType.User, DicomAssociateRejectReasonType.Called),
            _ => null,
        });
        await _gate.EndedAsync("GOOD");
        _gate.Decide("EVIL", Rejection);

        Assert.Equal(DicomAssociateRejectReasonType.Calling, (await _second.NextAsync<DicomAssociateRejectEventArgs>()).Reason);
    }

    [Fact]
    public async Task AssociateRequest_AnsweredWhenTheNextPeerIsThere_IsAnErrorAndThatGetsItsOwnAnswer()
    {
        var asked = Channel.CreateUnbounded<DicomAssociateRequestEventArgs>();
        _client.AssociateRequestReceived += (_, e) =>
        {
            e.Handled = true;
            asked.Writer.TryWrite(e);
        };
        await AskAsync(_first, "GOOD");
        var good = await asked.Reader.ReadAsync(TestContext.Current.CancellationToken).WithTimeout();
        await LeaveAsync(_first);
        await AskAsync(_second, "EVIL");
        var evil = await asked.Reader.ReadAsync(TestContext.Current.CancellationToken).WithTimeout();

        var rejected = good.Reject(
            DicomAssociateRejectResultType.Transient, DicomAssociateRejectSourceType.User, DicomAssociateRejectReasonType.Called);
        var accepted = good.Accept(good.Association.CreateAcceptAll());

        Assert.Equal((DicomExceptionCode.NetNotConnected, DicomExceptionCode.NetNotConnected), (rejected.Code, accepted.Code));
        evil.Reject(DicomAssociateRejectResultType.Permanent, DicomAssociateRejectSourceType.User, DicomAssociateRejectReasonType.Calling)
            .ThrowIfFailed();
        Assert.Equal(DicomAssociateRejectReasonType.Calling, (await _second.NextAsync<DicomAssociateRejectEventArgs>()).Reason);
    }

    [Fact]
    public async Task ReleaseRequest_AnsweredWhenTheNextPeerIsThere_IsAnErrorAndThatGetsItsOwnAnswer()
    {
        var asked = Channel.CreateUnbounded<DicomReleaseRequestEventArgs>();
        _client.AssociateRequestReceived += (_, e) => e.Accept(e.Association.CreateAcceptAll()).ThrowIfFailed();
        _client.ReleaseRequestReceived += (_, e) =>
        {
            e.Handled = true;
            asked.Writer.TryWrite(e);
        };
        await _first.AssociateAsync(_listener.HostPort, TestScu.Request(DicomUids.Verification));
        _first.Net.SendReleaseRequest().ThrowIfFailed();
        var first = await asked.Reader.ReadAsync(TestContext.Current.CancellationToken).WithTimeout();
        await LeaveAsync(_first);
        await _second.AssociateAsync(_listener.HostPort, TestScu.Request(DicomUids.Verification));
        _second.Net.SendReleaseRequest().ThrowIfFailed();
        var second = await asked.Reader.ReadAsync(TestContext.Current.CancellationToken).WithTimeout();

        Assert.Equal(DicomExceptionCode.NetNotConnected, first.Respond().Code);
        Assert.Equal(DicomNetResult.Success, second.Respond());
        Assert.Equal(DicomExceptionCode.Success, (await _second.ClosedAsync()).Error);
    }

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
        _client.Dispose();
        _listener.Dispose();
    }

    private async Task AskAsync(TestScu scu, string calling)
    {
        var request = TestScu.Request(DicomUids.Verification);
        request.Calling = calling;
        await scu.ConnectAsync(_listener.HostPort);
        scu.Net.SendAssociateRequest(request).ThrowIfFailed();
    }

    private async Task LeaveAsync(TestScu scu)
    {
        scu.Net.CloseForced(true);
        await Eventually.True(() => _listener.GetClientCount() == 0);
    }
}
