using Dicom.Net.DataSets;
using Dicom.Net.Dimse;
using Dicom.Net.Tests.Support;
using static Dicom.Net.Tests.Services.ServicePair;

namespace Dicom.Net.Tests.Services;

/// <summary>Requests of this side: message ids, responses, the window, the roles.</summary>
public sealed class SentRequestsTests
{
    [Fact]
    public async Task NextMessageID_Point57PastTheLast_BeginsAnewAndLeavesOutWhatIsInUse()
    {
        using var pair = await AssociatedAsync();
        pair.Scu.SendCEchoRequest(Context, 2, SopClass).ThrowIfFailed();

        var ids = Enumerable.Range(0, 65535).Select(_ => pair.Scu.NextMessageID()).ToArray();

        Assert.Equal([1, 3, 4], ids[..3]);
        Assert.Equal([65535, 1], ids[^2..]);
    }

    [Fact]
    public async Task SendRequest_IdOfARequestThatWaits_IsAParameterError()
    {
        using var pair = await AssociatedAsync();
        pair.Scu.SendCEchoRequest(Context, 5, SopClass).ThrowIfFailed();

        Assert.Equal(DicomExceptionCode.Parameter, pair.Scu.SendCEchoRequest(Context, 5, SopClass).Code);

        (await pair.RequestAsync<DicomCEchoRequestEventArgs>()).Respond(DicomCommandStatusType.Success).ThrowIfFailed();
        await pair.ResponseAsync<DicomCEchoResponseEventArgs>();
        pair.Scu.SendCEchoRequest(Context, 5, SopClass).ThrowIfFailed();
    }

    [Fact]
    public async Task Response_Point52ThatNobodyAskedFor_IsDroppedAndTheAssociationLives()
    {
        using var pair = await AssociatedAsync();
        pair.Scu.SendCEchoRequest(Context, 5, SopClass).ThrowIfFailed();
        var request = await pair.RequestAsync<DicomCEchoRequestEventArgs>();

        // Another id, and another operation with the right one.
        Send(pair.Scp, CommandSet.CEchoRsp(6, SopClass, DicomCommandStatusType.Success));
        Send(pair.Scp, CommandSet.CStoreRsp(5, SopClass, Instance, DicomCommandStatusType.Success));
        request.Respond(DicomCommandStatusType.NotAuthorized).ThrowIfFailed();
        var response = await pair.ResponseAsync<DicomCEchoResponseEventArgs>();

        Assert.Equal((5, DicomCommandStatusType.NotAuthorized), (response.MessageID, response.Status));
        Assert.False(pair.HasResponse);
        Assert.True(pair.Scu.IsAssociated());
    }

    [Fact]
    public async Task Response_ThatHasAMessageIdOfItsOwnToo_IsOfTheRequestThatItNames()
    {
        using var pair = await AssociatedAsync();
        pair.Scu.SendCEchoRequest(Context, 5, SopClass).ThrowIfFailed();
        await pair.RequestAsync<DicomCEchoRequestEventArgs>();

        Send(pair.Scp, CommandSet.CEchoRsp(5, SopClass, DicomCommandStatusType.Success) with { MessageId = 77 });

        Assert.Equal(5, (await pair.ResponseAsync<DicomCEchoResponseEventArgs>()).MessageID);
    }

    [Fact]
    public async Task SendRequest_AfterTheReleaseWasAskedFor_IsRefusedAndTheReleaseStaysOrderly()
    {
        using var pair = await AssociatedAsync();
        var ends = new TaskCompletionSource<DicomExceptionCode>();
        pair.Scu.Closed += (_, e) => ends.TrySetResult(e.Error);
        pair.Scu.SendCEchoRequest(Context, 1, SopClass).ThrowIfFailed();
        var first = await pair.RequestAsync<DicomCEchoRequestEventArgs>();
        pair.Scp.ReleaseRequestReceived += (_, e) => e.Handled = true;
        pair.Scu.SendReleaseRequest().ThrowIfFailed();

        Assert.Equal(DicomExceptionCode.InvalidState, pair.Scu.SendCEchoRequest(Context, 3, SopClass).Code);
        first.Respond(DicomCommandStatusType.Success).ThrowIfFailed();
        await pair.ResponseAsync<DicomCEchoResponseEventArgs>();
        await Eventually.True(() => pair.Scp.SendReleaseResponse().IsSuccess);

        Assert.Equal(DicomExceptionCode.Success, await ends.Task.WithTimeout());
    }

    [Fact]
    public async Task Response_AfterTheFinalOne_IsDropped()
    {
        using var pair = await AssociatedAsync();
        pair.Scu.SendCEchoRequest(Context, 5, SopClass).ThrowIfFailed();
        (await pair.RequestAsync<DicomCEchoRequestEventArgs>()).Respond(DicomCommandStatusType.Success).ThrowIfFailed();
        await pair.ResponseAsync<DicomCEchoResponseEventArgs>();

        Send(pair.Scp, CommandSet.CEchoRsp(5, SopClass, DicomCommandStatusType.Success));
        pair.Scu.SendCEchoRequest(Context, 7, SopClass).ThrowIfFailed();
        (await pair.RequestAsync<DicomCEchoRequestEventArgs>()).Respond(DicomCommandStatusType.Success).ThrowIfFailed();

        Assert.Equal(7, (await pair.ResponseAsync<DicomCEchoResponseEventArgs>()).MessageID);
    }

    [Fact]
    public async Task SendRequest_WindowOfOne_TheNextWaitsForTheResponseAndMayOutliveItsDataSet()
    {
        using var pair = await AssociatedAsync();
        pair.Scu.SendCEchoRequest(Context, 1, SopClass).ThrowIfFailed();
        using (var dataSet = Saying("second"))
        {
            pair.Scu.SendCStoreRequest(Context, 2, SopClass, Instance, DicomCommandPriorityType.Medium, null, 0, dataSet).ThrowIfFailed();
        }

        pair.Scu.SendCEchoRequest(Context, 3, SopClass).ThrowIfFailed();
        var first = await pair.RequestAsync<DicomCEchoRequestEventArgs>();
        Assert.False(pair.HasRequest);

        first.Respond(DicomCommandStatusType.Success).ThrowIfFailed();
        var second = await pair.RequestAsync<DicomCStoreRequestEventArgs>();
        Assert.Equal("second", second.DataSet!.GetString(DicomTag.PatientName));
        Assert.False(pair.HasRequest);
        second.Respond(DicomCommandStatusType.Success).ThrowIfFailed();
        Assert.Equal(3, (await pair.RequestAsync<DicomCEchoRequestEventArgs>()).MessageID);
    }

    [Fact]
    public async Task SendRequest_PendingResponse_DoesNotEndItsTurn()
    {
        using var pair = await AssociatedAsync();
        pair.Scu.SendCFindRequest(Context, 1, SopClass, DicomCommandPriorityType.Medium, Saying("*")).ThrowIfFailed();
        pair.Scu.SendCEchoRequest(Context, 2, SopClass).ThrowIfFailed();
        var find = await pair.RequestAsync<DicomCFindRequestEventArgs>();

        find.Respond(DicomCommandStatusType.Pending, Saying("match")).ThrowIfFailed();
        await pair.ResponseAsync<DicomCFindResponseEventArgs>();
        Assert.False(pair.HasRequest);

        find.Respond(DicomCommandStatusType.Success).ThrowIfFailed();
        Assert.Equal(2, (await pair.RequestAsync<DicomCEchoRequestEventArgs>()).MessageID);
    }

    [Fact]
    public async Task SendRequest_MoreThanMayWait_SaysSo()
    {
        using var pair = await AssociatedAsync();
        var results = Enumerable.Range(1, 258).Select(id => pair.Scu.SendCEchoRequest(Context, id, SopClass).Code).ToArray();

        Assert.All(results[..257], code => Assert.Equal(DicomExceptionCode.Success, code)); // One under way, 256 that wait.
        Assert.Equal(DicomExceptionCode.NetQueueFull, results[257]);
    }

    [Fact]
    public async Task SendReleaseRequest_RequestsWaitForTheirTurn_SaysSo()
    {
        using var pair = await AssociatedAsync();
        pair.Scu.SendCEchoRequest(Context, 1, SopClass).ThrowIfFailed();
        pair.Scu.SendCEchoRequest(Context, 2, SopClass).ThrowIfFailed();

        Assert.Equal(DicomExceptionCode.InvalidState, pair.Scu.SendReleaseRequest().Code);
        Assert.True(pair.Scu.IsAssociated());
    }

    [Fact]
    public async Task SendCCancelRequest_OfARequestThatWaits_FollowsItWhenItGoesOut()
    {
        using var pair = await AssociatedAsync();
        var told = new TaskCompletionSource<int>();
        pair.Scp.CCancelRequestReceived += (_, e) => told.TrySetResult(e.MessageID);
        pair.Scu.SendCEchoRequest(Context, 1, SopClass).ThrowIfFailed();
        pair.Scu.SendCFindRequest(Context, 2, SopClass, DicomCommandPriorityType.Medium, Saying("*")).ThrowIfFailed();

        pair.Scu.SendCCancelRequest(Context, 2).ThrowIfFailed();
        (await pair.RequestAsync<DicomCEchoRequestEventArgs>()).Respond(DicomCommandStatusType.Success).ThrowIfFailed();

        Assert.Equal(2, await told.Task.WithTimeout());
    }

    [Fact]
    public async Task SendData_RequestMadeByHand_KeepsToTheWindowAndGetsItsResponse()
    {
        using var pair = await AssociatedAsync();
        Send(pair.Scu, CommandSet.CEchoRq(1, SopClass));
        Send(pair.Scu, CommandSet.CEchoRq(2, SopClass));
        var first = await pair.RequestAsync<DicomCEchoRequestEventArgs>();
        Assert.False(pair.HasRequest);

        first.Respond(DicomCommandStatusType.Success).ThrowIfFailed();

        Assert.Equal(1, (await pair.ResponseAsync<DicomCEchoResponseEventArgs>()).MessageID);
        Assert.Equal(2, (await pair.RequestAsync<DicomCEchoRequestEventArgs>()).MessageID);
    }

    [Fact]
    public async Task SendRequest_WithoutTheRole_SaysSo()
    {
        using var pair = await AssociatedAsync();

        // The acceptor is the SCP, unless another role was agreed on (PS3.7 §D.3.3.4).
        var result = pair.Scp.SendCStoreRequest(Context, 1, SopClass, Instance, DicomCommandPriorityType.Medium, null, 0, Saying("x"));

        Assert.Equal(DicomExceptionCode.PresentationContext, result.Code);
        Assert.Contains("role", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_OfAPeerWithoutTheRole_IsUnrecognizedOperation()
    {
        using var listener = TestScp.AcceptingAll();
        await using var raw = await RawScu.AssociatedAsync(listener.HostPort);

        // A notification is the SCP's, and the requestor is an SCU.
        await raw.Peer.SendAsync(RawScu.Command(CommandSet.NEventReportRq(3, WireBytes.Verification, "1.2.3", 1, hasDataSet: false)));

        var answer = WireBytes.CommandOf(await raw.Peer.ReceiveAsync());
        Assert.Equal((CommandField.NEventReportRsp, DicomCommandStatusType.UnrecognizedOperation), (answer.CommandField, answer.Status));
    }

    private static void Send(DicomNet net, CommandSet command)
    {
        using var elements = new DicomDataSet(
            EncodedDataSet.FromMemory(command.Encode(), DicomUids.ImplicitVRLittleEndian), meta: null);
        net.SendData(Context, elements, ds: null).ThrowIfFailed();
    }
}
