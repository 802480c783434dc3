using System.Diagnostics;
using Dicom.Net.Tests.Services;
using Dicom.Net.Tests.Support;
using Dicom.Net.Tests.Transport;

namespace Dicom.Net.Tests.Diagnostics;

/// <summary>The spans of associations and operations.</summary>
public sealed class SpanTests : IDisposable
{
    private readonly ActivityRecorder _spans = new();
    private readonly List<IDisposable> _open = [];

    public void Dispose()
    {
        _open.ForEach(open => open.Dispose());
        _spans.Dispose();
    }

    [Fact]
    public async Task Association_OfAScu_IsAChildOfWhatTheApplicationDoes()
    {
        using var work = new Activity("work").Start();
        var scu = await AssociatedAsync(Listen().HostPort);
        await scu.EchoAsync();
        Assert.Same(work, Activity.Current);
        await scu.ReleaseAsync();

        var ended = await EndedAsync(scu.Net.AssociationID, 2);

        Assert.Equal(["C-ECHO", "DICOM association"], ended.Select(span => span.DisplayName));
        Assert.Equal((work.SpanId, work.TraceId), (ended[1].ParentSpanId, ended[1].TraceId));
        Assert.Equal(ended[1].SpanId, ended[0].ParentSpanId);
        Assert.Equal(
            ("requestor", "SCU", "SCP", "127.0.0.1"),
            (ended[1].GetTagItem("dicom.association.role"), ended[1].GetTagItem("dicom.ae.calling"), ended[1].GetTagItem("dicom.ae.called"),
                ended[1].GetTagItem("network.peer.address")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Association_ToBeAwaited_IsAChildOfWhoOpensIt(bool secured)
    {
        using var meeting = secured ? new TlsMeeting() : null;
        var port = (meeting?.Listener ?? Listen()).HostPort;
        using var work = new Activity("work").Start();
        var options = new DicomAssociationOptions
        {
            Network = new() { Tls = secured ? TlsPair.ClientOptions : null },
        };
        var association = await DicomAssociation.OpenAsync(
            "127.0.0.1", port, new DicomAssociationRequest("SCU", "SCP").With(DicomUids.Verification), options,
            TestContext.Current.CancellationToken).WithTimeout();

        await association.DisposeAsync().AsTask().WithTimeout();

        await Eventually.True(() => _spans.Of(work.TraceId).Any(
            span => span.DisplayName == "DICOM association" && span.ParentSpanId == work.SpanId));
    }

    [Fact]
    public async Task Operation_ThatCannotBeKeptForItsTurn_HasEnded()
    {
        var listener = Listen();
        listener.CEchoRequestReceived += (_, e) => e.Handled = true;
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification, TestInstance.SopClass);
        scu.Net.SendCEchoRequest(scu.Net.Association!.FindAbstract(DicomUids.Verification), 1, DicomUids.Verification).ThrowIfFailed();
        using var unreadable = UnreadableDataSet.Create(DicomUids.ExplicitVRLittleEndian);
        var context = scu.Net.Association.FindAbstract(TestInstance.SopClass);

        Assert.Throws<IOException>(() => scu.Net.SendCStoreRequest(
            context, 2, TestInstance.SopClass, TestInstance.Uid, DicomCommandPriorityType.Medium, null, 0, unreadable));

        Assert.Equal("C-STORE", Assert.Single(await EndedAsync(scu.Net.AssociationID, 1)).DisplayName);
    }

    [Fact]
    public async Task Operation_OnAnAssociationOfAnotherTrace_IsPartOfTheWorkAndLinked()
    {
        var scu = await AssociatedAsync(Listen().HostPort);
        using (var work = new Activity("work").Start())
        {
            await scu.EchoAsync();
            var operation = Assert.Single(await EndedAsync(scu.Net.AssociationID, 1));
            Assert.Equal(work.SpanId, operation.ParentSpanId);
            await scu.ReleaseAsync();
            var association = (await EndedAsync(scu.Net.AssociationID, 2))[1];
            Assert.Equal(association.Context, Assert.Single(operation.Links).Context);
        }
    }

    [Fact]
    public async Task Operation_OfAnScp_IsTheCurrentSpanInItsCallback()
    {
        var seen = new TaskCompletionSource<(Activity? Before, Activity? After)>(TaskCreationOptions.RunContinuationsAsynchronously);
        var listener = Listen();
        listener.CEchoRequestReceived += (_, e) =>
        {
            var before = Activity.Current;
            e.Respond(DicomCommandStatusType.Success);
            seen.TrySetResult((before, Activity.Current));
        };
        var after = new TaskCompletionSource<Activity?>(TaskCreationOptions.RunContinuationsAsynchronously);
        listener.ReleaseRequestReceived += (_, _) => after.TrySetResult(Activity.Current);
        var scu = await AssociatedAsync(listener.HostPort);
        await scu.EchoAsync();
        await scu.ReleaseAsync();

        var (before, stopped) = await seen.Task.WithTimeout();

        Assert.Equal(("C-ECHO", ActivityKind.Server), (before?.DisplayName, before?.Kind));
        Assert.NotSame(before, stopped);
        Assert.Null(await after.Task.WithTimeout());
    }

    [Fact]
    public async Task Operation_AnsweredElsewhere_LeavesTheSpanOfThatThreadAlone()
    {
        var request = new TaskCompletionSource<DicomCEchoRequestEventArgs>(TaskCreationOptions.RunContinuationsAsynchronously);
        var listener = Listen();
        listener.CEchoRequestReceived += (_, e) =>
        {
            e.Handled = true;
            request.TrySetResult(e);
        };
        var scu = await AssociatedAsync(listener.HostPort);
        var echo = scu.EchoAsync();
        var question = await request.Task.WithTimeout();

        using var work = new Activity("work").Start();
        question.Respond(DicomCommandStatusType.Success).ThrowIfFailed();

        Assert.Same(work, Activity.Current);
        await echo;
    }

    [Fact]
    public async Task Operation_Failed_IsAnErrorOnBothSides()
    {
        var listener = Listen();
        var id = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        listener.Closed += (_, e) => id.TrySetResult(e.Net.AssociationID);
        listener.CEchoRequestReceived += (_, e) => e.Respond(DicomCommandStatusType.ProcessingFailure);
        var scu = await AssociatedAsync(listener.HostPort);
        await scu.EchoAsync();
        await scu.ReleaseAsync();

        foreach (var side in (long[])[scu.Net.AssociationID, await id.Task.WithTimeout()])
        {
            var ended = await EndedAsync(side, 2);
            Assert.Equal((ActivityStatusCode.Error, "0110H"), (ended[0].Status, ended[0].GetTagItem("error.type")));
            Assert.Equal(ActivityStatusCode.Unset, ended[1].Status);
        }
    }

    [Fact]
    public async Task Association_Lost_EndsItsOperationsAndIsAnError()
    {
        var listener = Listen();
        listener.CEchoRequestReceived += (_, e) => e.Net.CloseForced(true);
        var scu = await AssociatedAsync(listener.HostPort);
        scu.Net.SendCEchoRequest(1, 1, DicomUids.Verification).ThrowIfFailed();

        var ended = await EndedAsync(scu.Net.AssociationID, 2);

        Assert.All(ended, span => Assert.Equal(ActivityStatusCode.Error, span.Status));
        Assert.Equal(["connection_lost", "unanswered"], ended.Select(span => span.GetTagItem("error.type")).Order());
    }

    [Fact]
    public async Task Association_AskedForTwice_HasOneSpan()
    {
        var listener = Listen();
        var id = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        listener.Closed += (_, e) => id.TrySetResult(e.Net.AssociationID);
        await using var scu = await RawScu.AssociatedAsync(listener.HostPort);

        await scu.Peer.SendAsync(WireBytes.Of(WireBytes.Request()));
        await scu.Peer.ReceiveAsync();
        scu.Peer.Close();

        var span = Assert.Single(await EndedAsync(await id.Task.WithTimeout(), 1));
        Assert.Equal(("local", "service_provider"), (span.GetTagItem("dicom.abort.side"), span.GetTagItem("dicom.abort.source")));
    }

    [Fact]
    public async Task Association_Rejected_IsAnErrorOfWhoAsked()
    {
        using var listener = TestScp.Listening(new DicomNet(null, DicomNetSecurityMode.None));
        using var scu = new TestScu();
        await scu.AssociateInVainAsync(listener.HostPort, TestScu.Request(DicomUids.Verification));
        await scu.ClosedAsync();

        var span = Assert.Single(await EndedAsync(scu.Net.AssociationID, 1));

        Assert.Equal((ActivityStatusCode.Error, "rejected"), (span.Status, span.GetTagItem("error.type")));
        Assert.Equal("no_reason_given", span.GetTagItem("dicom.reject.reason"));
    }

    private async Task<List<Activity>> EndedAsync(long associationID, int count)
    {
        await Eventually.True(() => _spans.Of(associationID).Count >= count);
        return _spans.Of(associationID);
    }

    private DicomNet Listen()
    {
        var listener = TestScp.AcceptingAll();
        _open.Add(listener);
        return listener;
    }

    private async Task<TestScu> AssociatedAsync(int port)
    {
        var scu = await TestScu.AssociatedAsync(port, DicomUids.Verification);
        _open.Add(scu);
        return scu;
    }
}
