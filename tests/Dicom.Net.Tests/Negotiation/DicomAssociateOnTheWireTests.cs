using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.Negotiation;

/// <summary>What of a <see cref="DicomAssociate"/> reaches the other side.</summary>
public sealed class DicomAssociateOnTheWireTests : IDisposable
{
    private readonly DicomNet _listener = new(null, DicomNetSecurityMode.None);
    private readonly TaskCompletionSource<DicomAssociate> _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Func<DicomAssociate, DicomAssociate> _answer = request => request.CreateAcceptAll();

    public DicomAssociateOnTheWireTests()
    {
        _listener.AssociateRequestReceived += (_, e) =>
        {
            _asked.TrySetResult(e.Association);
            e.Accept(_answer(e.Association));
        };
        TestScp.Listening(_listener);
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task Request_Values_ArriveAtTheAcceptor()
    {
        var request = new DicomAssociate(request: true)
        {
            Called = "ARCHIVE-16-CHARS",
            Calling = " MODALITY ",
            MaxLength = 32768,
            ImplementClass = "1.2.3.4.5",
            ImplementationVersionName = "SIXTEEN-CHARS-16",
        };
        request.Propose(DicomUids.Verification);
        request.Propose(TestInstance.SopClass, DicomUids.ExplicitVRLittleEndian, DicomUids.ImplicitVRLittleEndian);
        using var scu = new TestScu();

        await scu.AssociateAsync(_listener.HostPort, request);

        var asked = await _asked.Task.WithTimeout();
        Assert.True(asked.IsRequest);
        Assert.Equal(("ARCHIVE-16-CHARS", "MODALITY"), (asked.Called, asked.Calling));
        Assert.Equal((32768u, "1.2.3.4.5", "SIXTEEN-CHARS-16"), (asked.MaxLength, asked.ImplementClass, asked.ImplementationVersionName));
        Assert.Equal((1, "1.2.840.10008.3.1.1.1"), (asked.Version, asked.ApplicationContextName));
        Assert.Equal((1, 3), (asked.FindAbstract(DicomUids.Verification), asked.FindAbstract(TestInstance.SopClass)));
        Assert.Equal(
            [DicomUids.ExplicitVRLittleEndian, DicomUids.ImplicitVRLittleEndian],
            Enumerable.Range(0, asked.GetTransferCount(3)).Select(i => asked.GetTransfer(3, i)));
    }

    [Fact]
    public async Task Answer_Values_ArriveAtTheRequestor()
    {
        _answer = request =>
        {
            var answer = request.CreateAccept([DicomUids.Verification]);
            answer.MaxLength = 16384;
            answer.ImplementClass = "1.2.3.9";
            answer.ImplementationVersionName = "";
            return answer;
        };
        using var scu = new TestScu();

        var answer = await scu.AssociateAsync(_listener.HostPort, TestScu.Request(DicomUids.Verification, TestInstance.SopClass));

        Assert.Same(answer, scu.Net.Association);
        Assert.False(answer.IsRequest);
        Assert.Equal(("SCP", "SCU"), (answer.Called, answer.Calling));
        Assert.Equal((16384u, "1.2.3.9", ""), (answer.MaxLength, answer.ImplementClass, answer.ImplementationVersionName));
        Assert.Equal(DicomAssociateAcceptResultType.Success, answer.GetResult(1));
        Assert.Equal(DicomAssociateAcceptResultType.AbstractSyntax, answer.GetResult(3));
        Assert.Equal((1, 0), (answer.FindAbstract(DicomUids.Verification), answer.FindAbstract(TestInstance.SopClass)));
        Assert.Equal(
            DicomExceptionCode.PresentationContext, scu.Net.SendCEchoRequest(3, 1, DicomUids.Verification).Code);
    }

    [Fact]
    public async Task Answer_LacksAContext_CountsAsRejected()
    {
        _answer = _ =>
        {
            var answer = new DicomAssociate(request: false);
            answer.AddPresentationContext(1, DicomAssociateAcceptResultType.Success, DicomUids.Verification);
            answer.AddTransfer(1, DicomUids.ImplicitVRLittleEndian);
            return answer;
        };
        using var scu = new TestScu();

        var answer = await scu.AssociateAsync(_listener.HostPort, TestScu.Request(DicomUids.Verification, TestInstance.SopClass));

        Assert.Equal(2, answer.PresentationContextCount);
        Assert.NotEqual(DicomAssociateAcceptResultType.Success, answer.GetResult(3));
        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
    }

    [Fact]
    public async Task Request_ChangedAfterItWasSent_ArrivesAsItWas()
    {
        var request = TestScu.Request(DicomUids.Verification);
        using var scu = new TestScu();
        await scu.ConnectAsync(_listener.HostPort);

        scu.Net.SendAssociateRequest(request).ThrowIfFailed();
        request.Called = "CHANGED";
        request.Reset();

        var asked = await _asked.Task.WithTimeout();
        Assert.Equal("SCP", asked.Called);
        Assert.Equal(1, (await scu.NextAsync<DicomAssociateAcceptEventArgs>()).Association.FindAbstract(DicomUids.Verification));
        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
    }

    [Fact]
    public async Task Answer_ChangedAfterItWasSent_ArrivesAsItWas()
    {
        DicomAssociate? sent = null;
        using var listener = new DicomNet(null, DicomNetSecurityMode.None);
        listener.AssociateRequestReceived += (_, e) =>
        {
            sent = e.Association.CreateAcceptAll();
            e.Accept(sent);
            sent.SetResult(1, DicomAssociateAcceptResultType.UserReject);
            sent.Reset();
            e.Association.Reset();
        };
        TestScp.Listening(listener);
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);

        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
        var agreed = listener.GetClient(0)!.Association!;
        Assert.NotSame(sent, agreed);
        Assert.Equal((1, "SCU"), (agreed.FindAbstract(DicomUids.Verification), agreed.Calling));
    }

    [Theory]
    [InlineData("", "SCU")]
    [InlineData("SCP", " ")]
    [InlineData("SEVENTEEN-CHARS-17", "SCU")]
    public async Task Request_TitleThatCannotBe_IsRefusedAndMayBeSentCorrected(string called, string calling)
    {
        var request = TestScu.Request(DicomUids.Verification);
        request.Called = called;
        request.Calling = calling;
        using var scu = new TestScu();
        await scu.ConnectAsync(_listener.HostPort);

        Assert.Equal(DicomExceptionCode.Parameter, scu.Net.SendAssociateRequest(request).Code);

        Assert.Equal(DicomNetResult.Success, scu.Net.SendAssociateRequest(TestScu.Request(DicomUids.Verification)));
        await scu.NextAsync<DicomAssociateAcceptEventArgs>();
        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
    }

    [Fact]
    public async Task Answer_AcceptsATransferSyntaxThatWasNotProposed_IsRefusedAndMayBeSentCorrected()
    {
        var result = DicomNetResult.Success;
        using var listener = new DicomNet(null, DicomNetSecurityMode.None);
        listener.AssociateRequestReceived += (_, e) =>
        {
            var wrong = new DicomAssociate(request: false);
            wrong.AddPresentationContext(1, DicomAssociateAcceptResultType.Success, DicomUids.Verification);
            wrong.AddTransfer(1, DicomUids.JpegBaseline8Bit);
            result = e.Accept(wrong);
            e.Accept(DicomUids.Verification).ThrowIfFailed();
        };
        TestScp.Listening(listener);

        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);

        Assert.Equal(DicomExceptionCode.Parameter, result.Code);
        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
    }

    [Fact]
    public async Task Send_RequestForAnswerOrAnswerForRequest_IsTheCallersMistake()
    {
        using var scu = new TestScu();
        await scu.ConnectAsync(_listener.HostPort);

        Assert.Equal(DicomExceptionCode.Parameter, scu.Net.SendAssociateRequest(new DicomAssociate(request: false)).Code);
        Assert.Equal(DicomExceptionCode.Parameter, scu.Net.SendAssociateAccept(new DicomAssociate(request: true)).Code);
        Assert.Throws<ArgumentNullException>(() => scu.Net.SendAssociateRequest(null!));
        Assert.Throws<ArgumentNullException>(() => scu.Net.SendAssociateAccept(null!));
    }
}
