using System.Threading.Channels;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests;

/// <summary>A question is answered exactly once: in the callback, later, or by the default.</summary>
public sealed class DicomNetAnswerTests : IDisposable
{
    private readonly DicomNet _listener = TestScp.AcceptingAll();

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task AssociateRequestHandler_Throws_IsRejectedAndTheListenerServesOn()
    {
        using var listener = new DicomNet(null, DicomNetSecurityMode.None);
        var fails = true;
        listener.AssociateRequestReceived += (_, e) =>
        {
            if (fails)
            {
                throw new InvalidOperationException("The test's.");
            }

            e.Accept(DicomUids.Verification);
        };
        TestScp.Listening(listener);
        using var scu = new TestScu();

        var rejected = await scu.AssociateInVainAsync(listener.HostPort, TestScu.Request(DicomUids.Verification));
        await scu.ClosedAsync();

        Assert.Equal((1, 1, 1), ((int)rejected.Result, (int)rejected.Source, (int)rejected.Reason));
        fails = false;
        await scu.AssociateAsync(listener.HostPort, TestScu.Request(DicomUids.Verification));
        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
    }

    [Fact]
    public async Task RequestHandler_Throws_IsProcessingFailureAndTheAssociationLives()
    {
        _listener.CStoreRequestReceived += (_, _) => throw new InvalidOperationException("The test's.");
        using var scu = await TestScu.AssociatedAsync(_listener.HostPort, TestInstance.SopClass, DicomUids.Verification);
        using var instance = TestInstance.Create();

        Assert.Equal(DicomCommandStatusType.ProcessingFailure, await scu.StoreAsync(instance));
        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
    }

    [Fact]
    public async Task RequestHandler_AnswersAndThenThrows_HasAnsweredOnce()
    {
        _listener.CStoreRequestReceived += (_, e) =>
        {
            e.Respond(DicomCommandStatusType.Success).ThrowIfFailed();
            throw new InvalidOperationException("The test's.");
        };
        using var scu = await TestScu.AssociatedAsync(_listener.HostPort, TestInstance.SopClass, DicomUids.Verification);
        using var instance = TestInstance.Create();

        Assert.Equal(DicomCommandStatusType.Success, await scu.StoreAsync(instance));
        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync()); // A second answer to the C-STORE would have come before.
    }

    [Fact]
    public async Task NotificationHandler_Throws_ChangesNoAnswer()
    {
        _listener.DataReceived += (_, _) => throw new InvalidOperationException("The test's.");
        _listener.Received += (_, _) => throw new InvalidOperationException("The test's.");
        _listener.Sent += (_, _) => throw new InvalidOperationException("The test's.");
        using var scu = await TestScu.AssociatedAsync(_listener.HostPort, DicomUids.Verification);

        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
        await scu.ReleaseAsync();
    }

    [Fact]
    public async Task ReleaseHandler_Throws_IsAgreedTo()
    {
        _listener.ReleaseRequestReceived += (_, _) => throw new InvalidOperationException("The test's.");
        using var scu = await TestScu.AssociatedAsync(_listener.HostPort, DicomUids.Verification);

        await scu.ReleaseAsync();
    }

    [Fact]
    public async Task Handled_AnsweredLaterFromAnotherThread_IsThatAnswer()
    {
        var question = new TaskCompletionSource<DicomCEchoRequestEventArgs>();
        _listener.CEchoRequestReceived += (_, e) =>
        {
            e.Handled = true;
            question.SetResult(e);
        };
        using var scu = await TestScu.AssociatedAsync(_listener.HostPort, DicomUids.Verification);
        var echo = scu.EchoAsync();
        var asked = await question.Task.WithTimeout();
        Assert.True(scu.IsQuiet);

        var result = await Task.Run(() => asked.Respond(DicomCommandStatusType.NotAuthorized)).WithTimeout();

        Assert.Equal(DicomNetResult.Success, result);
        Assert.Equal(DicomCommandStatusType.NotAuthorized, await echo);
    }

    [Fact]
    public async Task Handled_AssociateRequestAnsweredLater_IsAccepted()
    {
        using var listener = new DicomNet(null, DicomNetSecurityMode.None);
        var question = new TaskCompletionSource<DicomAssociateRequestEventArgs>(TaskCreationOptions.RunContinuationsAsynchronously);
        listener.AssociateRequestReceived += (_, e) =>
        {
            e.Handled = true;
            question.SetResult(e);
        };
        TestScp.Listening(listener);
        using var scu = new TestScu();
        var associating = scu.AssociateAsync(listener.HostPort, TestScu.Request(DicomUids.Verification));

        var asked = await question.Task.WithTimeout();

        Assert.False(asked.Net.IsAssociated());
        Assert.Equal(DicomNetResult.Success, asked.Accept(DicomUids.Verification));
        await associating;
        Assert.True(asked.Net.IsAssociated());
    }

    [Fact]
    public async Task Respond_Twice_IsRefusedTheSecondTime()
    {
        var second = DicomNetResult.Success;
        _listener.CEchoRequestReceived += (_, e) =>
        {
            e.Respond(DicomCommandStatusType.Success).ThrowIfFailed();
            second = e.Respond(DicomCommandStatusType.ProcessingFailure);
        };
        using var scu = await TestScu.AssociatedAsync(_listener.HostPort, DicomUids.Verification);

        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
        Assert.Equal(DicomExceptionCode.InvalidState, second.Code);
        Assert.Contains("answered before", second.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Respond_FromManyThreadsAtOnce_IsOneAnswer()
    {
        const int Threads = 4;
        var results = Channel.CreateUnbounded<DicomNetResult[]>();
        _listener.CEchoRequestReceived += (_, e) =>
        {
            using var start = new Barrier(Threads);
            var answering = Enumerable.Range(0, Threads).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait(Timeouts.Default);
                    return e.Respond(DicomCommandStatusType.Success);
                },
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
            Task.WaitAll(answering, Timeouts.Default);
            results.Writer.TryWrite([.. answering.Select(answer => answer.Result)]);
        };
        using var scu = await TestScu.AssociatedAsync(_listener.HostPort, DicomUids.Verification);
        for (var round = 0; round < 20; round++) // arbitrary
        {
            Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync()); // It counts message ids: a second answer would fail the next.
            var answers = await results.Reader.ReadAsync(TestContext.Current.CancellationToken).WithTimeout();
            Assert.Single(answers, answer => answer.IsSuccess);
        }
    }

    [Fact]
    public async Task Accept_Twice_IsRefusedTheSecondTimeAndChangesNothing()
    {
        using var listener = new DicomNet(null, DicomNetSecurityMode.None);
        var second = DicomNetResult.Success;
        listener.AssociateRequestReceived += (_, e) =>
        {
            e.Accept(DicomUids.Verification).ThrowIfFailed();
            second = e.Accept(DicomUids.CTImageStorage);
        };
        TestScp.Listening(listener);
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);

        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
        Assert.Equal(DicomExceptionCode.InvalidState, second.Code);
        Assert.Equal(1, listener.GetClient(0)!.Association!.FindAbstract(DicomUids.Verification));
    }

    [Fact]
    public async Task Override_DoesNotCallItsBase_OwesTheAnswer()
    {
        var client = new TaskCompletionSource<RecordingNet>();
        using var listener = TestScp.InTheOldStyle(made =>
        {
            made.Override("OnReceiveCEchoRequest", _ => { });
            client.SetResult(made);
        });
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);
        var echo = scu.EchoAsync();
        var asked = await client.Task.WithTimeout();
        var (context, id) = await asked.CallOf("OnReceiveCEchoRequest") is { Arguments: [byte c, int m, ..] } ? (c, m) : default;
        Assert.True(scu.IsQuiet);

        Assert.Equal(DicomExceptionCode.InvalidState, asked.SendCEchoResponse(context, id + 1, DicomUids.Verification, 0).Code);
        Assert.Equal(DicomExceptionCode.InvalidState, asked.SendCStoreResponse(context, id, DicomUids.Verification, "1.2", 0).Code);
        Assert.Equal(DicomNetResult.Success, asked.SendCEchoResponse(context, id, DicomUids.Verification, 0));
        Assert.Equal(DicomCommandStatusType.Success, await echo);
    }

    [Fact]
    public async Task Override_CallsItsBase_IsAnsweredByTheDefault()
    {
        using var listener = TestScp.InTheOldStyle(_ => { });
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);

        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
        Assert.Contains("OnReceiveCEchoRequest", ((RecordingNet)listener.GetClient(0)!).Names);
    }

    [Fact]
    public void Send_WithoutAConnection_IsNotConnected()
    {
        using var net = new DicomNet(null, DicomNetSecurityMode.None);
        using var instance = TestInstance.Create();

        Assert.Equal(DicomExceptionCode.NetNotConnected, net.SendAssociateRequest(TestScu.Request(DicomUids.Verification)).Code);
        Assert.Equal(DicomExceptionCode.NetNotConnected, net.SendReleaseRequest().Code);
        Assert.Equal(DicomExceptionCode.NetNotConnected, net.SendAbort(DicomAbortSourceType.User, DicomAbortReasonType.Unknown).Code);
        Assert.Equal(DicomExceptionCode.NetNotConnected, net.SendCEchoRequest(1, 1, DicomUids.Verification).Code);
        net.ThrowOnError = true;
        var error = Assert.Throws<DicomException>(() => net.SendCStoreRequest(
            1, 1, TestInstance.SopClass, TestInstance.Uid, DicomCommandPriorityType.Low, null, 0, instance));
        Assert.Equal(DicomExceptionCode.NetNotConnected, error.Code);
    }

    [Fact]
    public async Task Send_InTheWrongState_IsRefusedAndTheAssociationLives()
    {
        using var scu = await TestScu.AssociatedAsync(_listener.HostPort, DicomUids.Verification);
        using var instance = TestInstance.Create();

        Assert.Equal(DicomExceptionCode.InvalidState, scu.Net.SendAssociateRequest(TestScu.Request(DicomUids.CTImageStorage)).Code);
        Assert.Equal(DicomExceptionCode.InvalidState, scu.Net.SendAssociateAccept(new DicomAssociate(request: false)).Code);
        Assert.Equal(DicomExceptionCode.InvalidState, scu.Net.SendReleaseResponse().Code);
        Assert.Equal(
            DicomExceptionCode.InvalidState, scu.Net.SendCEchoResponse(1, 1, DicomUids.Verification, DicomCommandStatusType.Success).Code);
        Assert.Equal(DicomExceptionCode.PresentationContext, scu.Net.SendCEchoRequest(5, 1, DicomUids.Verification).Code);
        Assert.Equal(DicomExceptionCode.PresentationContext, scu.Net.SendCEchoRequest(0, 1, DicomUids.Verification).Code);
        Assert.Equal(DicomExceptionCode.Parameter, scu.Net.SendCEchoRequest(1, 65536, DicomUids.Verification).Code);
        Assert.Equal(DicomExceptionCode.Parameter, scu.Net.SendCEchoRequest(1, -1, DicomUids.Verification).Code);
        Assert.Equal(DicomExceptionCode.Parameter, scu.Net.SendCStoreRequest(
            1, 1, TestInstance.SopClass, TestInstance.Uid, DicomCommandPriorityType.Low, "MOVER", 65536, instance).Code);

        Assert.Equal(1, scu.Net.Association!.FindAbstract(DicomUids.Verification));
        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
    }

    [Fact]
    public async Task SendAssociateRequest_TwiceAtOnce_OneGoesOutAndItsAnswerIsReadWithIt()
    {
        string[] classes = [DicomUids.Verification, TestInstance.SopClass];
        for (var round = 0; round < 100; round++)
        {
            using var scu = new TestScu();
            await scu.ConnectAsync(_listener.HostPort);
            using var start = new Barrier(2);
            var wishes = await Task.WhenAll(classes.Select(abstractSyntax => Task.Run(() =>
            {
                start.SignalAndWait();
                return scu.Net.SendAssociateRequest(TestScu.Request(abstractSyntax)).Code;
            }))).WithTimeout();

            await Eventually.True(() => scu.Net.Association is not null);
            Assert.Equal(DicomExceptionCode.InvalidState, Assert.Single(wishes, code => code != DicomExceptionCode.Success));
            Assert.Equal(classes[Array.IndexOf(wishes, DicomExceptionCode.Success)], scu.Net.Association!.GetAbstract(1));
        }
    }

    [Fact]
    public async Task SendAssociateRequest_ByTheAcceptorWhileItIsAsked_DoesNotChangeTheQuestion()
    {
        using var listener = new DicomNet(null, DicomNetSecurityMode.None);
        listener.AssociateRequestReceived += (_, e) =>
        {
            e.Net.SendAssociateRequest(TestScu.Request(DicomUids.CTImageStorage, DicomUids.CTImageStorage));
            e.Accept(DicomUids.Verification).ThrowIfFailed();
        };
        TestScp.Listening(listener);
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);

        var agreed = listener.GetClient(0)!.Association!;
        Assert.Equal(DicomUids.Verification, agreed.GetAbstract(1));
        Assert.Equal(1, agreed.PresentationContextCount);
    }

    [Fact]
    public async Task SendCStoreRequest_DisposedDataSet_IsRefused()
    {
        using var scu = await TestScu.AssociatedAsync(_listener.HostPort, TestInstance.SopClass, DicomUids.Verification);
        var instance = TestInstance.Create();
        instance.Dispose();

        var result = scu.Net.SendCStoreRequest(
            1, 1, TestInstance.SopClass, TestInstance.Uid, DicomCommandPriorityType.Low, null, 0, instance);

        Assert.Equal(DicomExceptionCode.Disposed, result.Code);
        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
    }
}
