using Dicom.Net.Associations;
using Dicom.Net.Pdus;
using Dicom.Net.Tests.Support;
using Dicom.Net.UpperLayer;

namespace Dicom.Net.Tests.Associations;

/// <summary>The handler's side: what it may do inside a call, and what goes on while it works.</summary>
public sealed class DriverCallbackTests
{
    private static readonly string[] AcceptorCalls =
        ["Connected", "Pdu", "AssociateRequest", "DataStarting", "Message", "Sent", "ReleaseRequest", "Abort", "Closed"];

    private static readonly string[] RequestorCalls = ["Connected", "AssociateAccept", "AssociateReject", "ReleaseResponse", "Closed"];

    private static readonly string[] Wishes = ["Close", "CloseForced", "Abort", "Send", "RequestRelease", "TenThreads"];

    public static TheoryData<AssociationRole, string, string> CallsAndWishes
    {
        get
        {
            var data = new TheoryData<AssociationRole, string, string>();
            foreach (var wish in Wishes)
            {
                data.AddRange(AcceptorCalls.Select(call => (AssociationRole.Acceptor, call, wish)).ToArray());
                data.AddRange(RequestorCalls.Select(call => (AssociationRole.Requestor, call, wish)).ToArray());
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(CallsAndWishes))]
    public async Task Driver_WishInsideACall_IsCarriedOutAndClosedIsToldOnceAndLast(AssociationRole role, string call, string wish)
    {
        var handler = new RecordingHandler { WantsPdus = true, WantsSent = true, WantsDataStarting = true };
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isCarriedOut = false;
        handler.On(call, async value =>
        {
            Answer(handler, call, value);
            // Once only: a Send in each Sent would go on for ever.
            if (Interlocked.Exchange(ref isCarriedOut, true))
            {
                return;
            }

            await CarryOutAsync(handler.Port, wish);
            seen.SetResult();
        });
        await using var driver = new InlineDriver(role, handler: handler);
        foreach (var pdu in role == AssociationRole.Acceptor ? ToAcceptor(call) : ToRequestor(call))
        {
            if (role == AssociationRole.Requestor && !driver.Port.IsAssociated)
            {
                driver.Port.Request(WireBytes.Request());
            }

            driver.Deliver(pdu);
        }

        if (call == "ReleaseResponse")
        {
            driver.Port.RequestRelease();
            driver.Deliver(WireBytes.ReleaseRp);
        }

        if (call != "Closed")
        {
            await seen.Task.WithTimeout();
        }

        await driver.EndAsync();
        await seen.Task.WithTimeout();
        Assert.Contains(call, handler.Names);
    }

    [Fact]
    public async Task Driver_WantsPdusAndSent_IsToldOfEach()
    {
        await using var driver = new InlineDriver(handler: new() { WantsPdus = true, WantsSent = true });
        driver.Deliver(WireBytes.Of(WireBytes.Request()));
        await driver.Handler.AfterAsync<(PduType, long)>("Sent");
        driver.Deliver(WireBytes.EchoRq(1));
        var (type, length) = await driver.Handler.AfterAsync<(PduType, long)>("Sent");
        Assert.Equal((PduType.PDataTf, driver.TakeSent()[^1].Body.Length + 6L), (type, length));
        Assert.Equal(["Connected", "Pdu", "AssociateRequest", "Sent", "Pdu", "Message", "Sent"], driver.Handler.Names);
    }

    [Fact]
    public async Task Driver_AbortWhileTheHandlerWorks_IsNoticedAndToldAfterwards()
    {
        var work = new TaskCompletionSource();
        var handler = new RecordingHandler();
        handler.On("Message", _ => new ValueTask(work.Task));
        await using var driver = InlineDriver.Associated(handler: handler);
        driver.Deliver(WireBytes.EchoRq(1));
        Assert.True(driver.Port.IsAssociated);
        driver.Deliver(WireBytes.Abort());
        Assert.False(driver.Port.IsAssociated);
        Assert.Equal(SendOutcome.NotConnected, driver.Port.Send(1, new byte[10], null));
        Assert.DoesNotContain("Abort", handler.Names);
        work.SetResult();
        await driver.Ended.WithTimeout();
        Assert.Equal(["Connected", "AssociateRequest", "Message", "Abort", "Closed"], handler.Names);
    }

    [Fact]
    public async Task Driver_ConnectionLostWhileTheHandlerBlocksItsThread_IsNoticedAndToldAfterwards()
    {
        using var work = new ManualResetEventSlim();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var handler = new RecordingHandler();
        handler.On("Message", _ =>
        {
            begun.SetResult();
            Assert.True(work.Wait(Timeouts.Default));
        });
        var (requestor, acceptor) = InMemoryConnection.CreatePair();
        var running = DicomPduLayer.Instance.RunAsync(
            new(acceptor, AssociationRole.Acceptor, handler, new() { Log = new RecordingLogger() }));
        var peer = new ScriptedPeer(requestor);
        await peer.AssociateAsync();
        await peer.SendAsync(WireBytes.EchoRq(1));
        await begun.Task.WithTimeout();
        requestor.Cut();
        await Eventually.True(() => !handler.Port.IsAssociated);
        Assert.Equal(SendOutcome.NotConnected, handler.Port.Send(1, new byte[10], null));
        work.Set();
        await running.WithTimeout();
        Assert.Equal(["Connected", "AssociateRequest", "Message", "Closed"], handler.Names);
        Assert.Equal(AssociationEndKind.ConnectionLost, handler.End.Kind);
    }

    [Fact]
    public async Task Driver_HandlerThrows_IsLoggedAndTheAssociationGoesOn()
    {
        var handler = new RecordingHandler();
        handler.On("Message", _ => throw new InvalidOperationException("The test's handler fails."));
        await using var driver = InlineDriver.Associated(handler: handler);
        driver.ExpectedErrors = 1;
        driver.Deliver(WireBytes.EchoRq(1), WireBytes.ReleaseRq);
        driver.ExpectSent("AReleaseRp");
        await driver.EndAsync();
        Assert.Equal("The test's handler fails.", Assert.Single(driver.Log.Errors).Exception!.Message);
    }

    [Fact]
    public async Task Driver_SentAfterTheEnd_IsNotTold()
    {
        await using var driver = InlineDriver.Associated(handler: new() { WantsSent = true });
        await driver.Handler.AfterAsync<(PduType, long)>("Sent");
        driver.Connection.StallsSends = driver.Connection.KeepsSendsOnClose = true;
        driver.Port.Send(1, new byte[10], null);
        await driver.EndAsync();
        driver.Connection.CompleteSend();

        // What would be told would be told on the pool, before this.
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ThreadPool.UnsafeQueueUserWorkItem(turn => turn.SetResult(), turn, preferLocal: false);
        await turn.Task.WithTimeout();
        Assert.Equal("Closed", driver.Handler.Names.Last());
    }

    [Fact]
    public async Task Driver_DataSetThatCannotBeRead_IsAborted()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "short");
        await File.WriteAllBytesAsync(path, new byte[100_000], TestContext.Current.CancellationToken);
        await using var driver = InlineDriver.RequestorAssociated();
        driver.ExpectedErrors = 1;
        driver.TakeSent();
        using var dataSet = new DicomDataSet(
            Net.DataSets.EncodedDataSet.FromFile(path, 0, WireBytes.ExplicitLittleEndian, ownsFile: false), meta: null);
        driver.Connection.StallsSends = true;
        driver.Port.Send(3, new byte[10], dataSet);
        driver.Port.Send(3, new byte[10], dataSet);
        await using (var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.SetLength(10);
        }

        driver.Connection.StallsSends = false;
        driver.Connection.CompleteSend();
        Assert.Equal("AAbort 0/0", driver.TakeSent()[^1].ToString());
        await driver.EndAsync();
        Assert.Equal(AssociationEndKind.Failure, driver.Handler.End.Kind);
    }

    private static IEnumerable<byte[]> ToAcceptor(string call) =>
    [
        WireBytes.Of(WireBytes.Request()),
        WireBytes.StoreRq(1),
        WireBytes.StoreData(true, 1, 2),
        WireBytes.EchoRq(2),
        call == "Abort" ? WireBytes.Abort() : WireBytes.ReleaseRq,
    ];

    private static IEnumerable<byte[]> ToRequestor(string call) =>
        [call == "AssociateReject" ? WireBytes.Reject(1, 1, 1) : WireBytes.Of(WireBytes.Answer(WireBytes.Request()))];

    private static void Answer(RecordingHandler handler, string call, object? value)
    {
        switch (value)
        {
            case AAssociateRq request:
                handler.Port.Accept(WireBytes.Answer(request));
                break;
            case DimseMessage message when call == "Message":
                handler.Respond(message, DicomCommandStatusType.Success);
                message.Dispose();
                break;
        }
    }

    private static async Task CarryOutAsync(IAssociationPort port, string wish)
    {
        if (wish == "TenThreads")
        {
            await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Task.Run(() => CarryOut(port, Wishes[i % 5])))).WithTimeout();
        }
        else
        {
            CarryOut(port, wish);
        }
    }

    private static void CarryOut(IAssociationPort port, string wish)
    {
        switch (wish)
        {
            case "Close":
                port.Close();
                break;
            case "CloseForced":
                port.CloseForced();
                break;
            case "Abort":
                port.Abort(AAbort.ByUser);
                break;
            case "Send":
                port.Send(1, new byte[10], null);
                break;
            default:
                port.RequestRelease();
                break;
        }
    }
}
