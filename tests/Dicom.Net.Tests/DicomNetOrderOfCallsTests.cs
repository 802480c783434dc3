using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests;

/// <summary>LDicomNet's order of calls, on both sides and on the listener.</summary>
public sealed class DicomNetOrderOfCallsTests : IDisposable
{
    private readonly RecordingNet _listener;
    private readonly RecordingNet _scu = new();
    private readonly TaskCompletionSource<RecordingNet> _accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DicomAssociate _request = TestScu.Request(DicomUids.Verification, TestInstance.SopClass);

    public DicomNetOrderOfCallsTests()
    {
        _listener = TestScp.InTheOldStyle(client =>
        {
            client.Override("OnReceiveCEchoRequest", call => client.SendCEchoResponse(
                (byte)call.Arguments[0]!, (int)call.Arguments[1]!, (string)call.Arguments[2]!, DicomCommandStatusType.Success));
            client.Override("OnReceiveCStoreRequest", call => client.SendCStoreResponse(
                (byte)call.Arguments[0]!, (int)call.Arguments[1]!, (string)call.Arguments[2]!, (string)call.Arguments[3]!,
                DicomCommandStatusType.Success));
            client.Override("OnReceiveReleaseRequest", _ => client.SendReleaseResponse());
            _accepted.TrySetResult(client);
        });
        _scu.Override("OnConnect", _ => _scu.SendAssociateRequest(_request));
    }

    [Fact]
    public async Task Calls_EchoAndRelease_ComeInLDicomNetsOrder()
    {
        _scu.Override("OnReceiveAssociateAccept", _ => _scu.SendCEchoRequest(1, 7, DicomUids.Verification));
        _scu.Override("OnReceiveCEchoResponse", _ => _scu.SendReleaseRequest());
        _scu.Override("OnReceiveReleaseResponse", _ => _scu.Close());

        var client = await RunAsync();

        AssertReceived(
            _scu, "OnConnect",
            "OnReceive", "OnReceiveAssociateAccept",
            "OnReceive", "OnReceiveData", "OnReceiveCEchoResponse",
            "OnReceive", "OnReceiveReleaseResponse",
            "OnClose");
        AssertSent(_scu, DicomPduType.AssociateRequest, DicomPduType.DataTransfer, DicomPduType.ReleaseRequest);
        AssertReceived(
            client,
            "OnReceive", "OnReceiveAssociateRequest",
            "OnReceive", "OnReceiveData", "OnReceiveCEchoRequest",
            "OnReceive", "OnReceiveReleaseRequest",
            "OnClose");
        AssertSent(client, DicomPduType.AssociateAccept, DicomPduType.DataTransfer, DicomPduType.ReleaseResponse);
        AssertReceived(_listener, "OnAccept", "OnClose");
        AssertClosed(DicomExceptionCode.Success, client);
    }

    [Fact]
    public async Task Calls_Store_ComeInLDicomNetsOrder()
    {
        using var instance = TestInstance.Create();
        _scu.Override("OnReceiveAssociateAccept", _ => _scu.SendCStoreRequest(
            3, 9, TestInstance.SopClass, TestInstance.Uid, DicomCommandPriorityType.High, "MOVER", 11, instance));
        _scu.Override("OnReceiveCStoreResponse", _ => _scu.SendReleaseRequest());

        var client = await RunAsync();

        AssertReceived(
            _scu, "OnConnect",
            "OnReceive", "OnReceiveAssociateAccept",
            "OnReceive", "OnReceiveData", "OnReceiveCStoreResponse",
            "OnReceive", "OnReceiveReleaseResponse",
            "OnClose");
        var request = (await client.CallOf("OnReceiveCStoreRequest")).Arguments;
        Assert.Equal(
            [(byte)3, 9, TestInstance.SopClass, TestInstance.Uid, DicomCommandPriorityType.High, "MOVER", 11], request[..^1]);
        Assert.IsType<DicomDataSet>(request[^1]);
        Assert.Equal(
            ["OnReceiveData", "OnReceiveCStoreRequest", "OnReceive", "OnReceiveReleaseRequest", "OnClose"],
            Received(client).SkipWhile(name => name != "OnReceiveData"));
        Assert.Equal(
            [(byte)3, 9, TestInstance.SopClass, TestInstance.Uid, DicomCommandStatusType.Success],
            (await _scu.CallOf("OnReceiveCStoreResponse")).Arguments);
        AssertClosed(DicomExceptionCode.Success, client);
    }

    [Fact]
    public async Task Calls_Reject_ComeInLDicomNetsOrderWithItsBytes()
    {
        RecordingNet? made = null;
        using var listener = TestScp.InTheOldStyle(client =>
        {
            // An odd pair: bytes go out as given.
            client.Override("OnReceiveAssociateRequest", _ => client.SendAssociateReject(
                DicomAssociateRejectResultType.Permanent, DicomAssociateRejectSourceType.Provider1, DicomAssociateRejectReasonType.Called));
            made = client;
        });
        _scu.Connect(null, 0, "127.0.0.1", listener.HostPort).ThrowIfFailed();
        await _scu.CallOf("OnClose");
        await listener.CallOf("OnClose");

        AssertReceived(_scu, "OnConnect", "OnReceive", "OnReceiveAssociateReject", "OnClose");
        Assert.Equal([1, 2, 7], (await _scu.CallOf("OnReceiveAssociateReject")).Arguments);
        Assert.Equal(DicomExceptionCode.Success, (await _scu.CallOf("OnClose")).Arguments[0]);
        AssertReceived(made!, "OnReceive", "OnReceiveAssociateRequest", "OnClose");
        AssertReceived(listener, "OnAccept", "OnClose");
    }

    [Fact]
    public async Task Calls_Abort_ComeInLDicomNetsOrderWithItsBytes()
    {
        _scu.Override("OnReceiveAssociateAccept", _ => _scu.SendAbort(DicomAbortSourceType.User, DicomAbortReasonType.Unexpected));

        var client = await RunAsync();

        AssertReceived(_scu, "OnConnect", "OnReceive", "OnReceiveAssociateAccept", "OnClose");
        AssertReceived(client, "OnReceive", "OnReceiveAssociateRequest", "OnReceive", "OnReceiveAbort", "OnClose");
        Assert.Equal([DicomAbortSourceType.User, DicomAbortReasonType.Unexpected], (await client.CallOf("OnReceiveAbort")).Arguments);
        AssertReceived(_listener, "OnAccept", "OnClose");
        AssertClosed(DicomExceptionCode.NetAssociationAborted, client);
    }

    [Fact]
    public async Task OnReceive_EveryPdu_HasItsBytes()
    {
        _request = TestScu.Request(DicomUids.Verification);
        _scu.Override("OnReceiveAssociateAccept", _ => _scu.SendReleaseRequest());
        var client = await RunAsync();

        // PS3.8 §9.3.6: an A-RELEASE-RQ is ten bytes long.
        Assert.Equal([DicomPduType.ReleaseRequest, 10], client.Calls.Last(call => call.Name == "OnReceive").Arguments);
        Assert.Equal([DicomPduType.ReleaseResponse, 10], client.Calls.Last(call => call.Name == "OnSend").Arguments);
    }

    [Fact]
    public async Task Accept_SeveralWait_TakesTheOldestFirst()
    {
        var listener = TestScp.Listening(new RecordingNet().Override("OnAccept", _ => { }));
        using var first = new TestScu();
        using var second = new TestScu();
        await first.ConnectAsync(listener.HostPort);
        await Eventually.True(() => listener.Count("OnAccept") == 1);
        await second.ConnectAsync(listener.HostPort);
        await Eventually.True(() => listener.Count("OnAccept") == 2);
        using var one = new DicomNet(null, DicomNetSecurityMode.None);
        using var two = new DicomNet(null, DicomNetSecurityMode.None);

        listener.Accept(one).ThrowIfFailed();
        listener.Accept(two).ThrowIfFailed();

        Assert.Equal(first.Net.HostPort, one.PeerPort);
        Assert.Equal(second.Net.HostPort, two.PeerPort);
        listener.Dispose();
    }

    [Fact]
    public void Accept_NothingWaits_IsRefusedAndTheClientAsGoodAsBefore()
    {
        using var listener = TestScp.AcceptingAll();
        using var client = new DicomNet(null, DicomNetSecurityMode.None);

        Assert.Equal(DicomExceptionCode.InvalidState, listener.Accept(client).Code);

        Assert.Null(client.Server);
        Assert.Equal(DicomNetResult.Success, client.Listen("127.0.0.1", 0, 1));
        Assert.Equal(DicomExceptionCode.InvalidState, listener.Accept(listener).Code);
    }

    public void Dispose()
    {
        _scu.Dispose();
        _listener.Dispose();
    }

    private async Task<RecordingNet> RunAsync()
    {
        _scu.Connect(null, 0, "127.0.0.1", _listener.HostPort).ThrowIfFailed();
        await _scu.CallOf("OnClose");
        await _listener.CallOf("OnClose");
        var client = await _accepted.Task.WithTimeout();
        Assert.False(_scu.HasOverlapped);
        Assert.False(client.HasOverlapped);
        Assert.False(_listener.HasOverlapped);
        return client;
    }

    private void AssertClosed(DicomExceptionCode code, RecordingNet client)
    {
        Assert.Equal([code, _scu], Assert.Single(_scu.Calls, call => call.Name == "OnClose").Arguments);
        Assert.Equal([code, client], Assert.Single(client.Calls, call => call.Name == "OnClose").Arguments);
        Assert.Equal([code, client], Assert.Single(_listener.Calls, call => call.Name == "OnClose").Arguments);
    }

    // OnSend is told by the thread that sends, the others by the one that receives: between the two there is no order to assert.
    private static IEnumerable<string> Received(RecordingNet net) => net.Names.Where(name => name != "OnSend");

    private static void AssertReceived(RecordingNet net, params string[] names) => Assert.Equal(names, Received(net));

    private static void AssertSent(RecordingNet net, params DicomPduType[] types) =>
        Assert.Equal(types, net.Calls.Where(call => call.Name == "OnSend").Select(call => (DicomPduType)call.Arguments[0]!));
}
