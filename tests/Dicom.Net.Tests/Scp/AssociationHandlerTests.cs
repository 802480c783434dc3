using System.Collections.Concurrent;
using Dicom.Net.Tests.Support;
using static Dicom.Net.Tests.Scp.ServedPeer;

namespace Dicom.Net.Tests.Scp;

/// <summary>Handlers that have a say in associations.</summary>
public sealed class AssociationHandlerTests
{
    [Fact]
    public async Task Associate_NobodyDecides_IsAcceptedWithWhatIsSupported()
    {
        using var served = Listening(new DicomHandlers { Supported = new(new DicomSupportedService(DicomUids.Verification)) });

        var answer = await served.Peer.AssociateAsync(served.Listener.HostPort, TestScu.Request(DicomUids.Verification, SopClass));

        Assert.Equal(DicomAssociateAcceptResultType.Success, answer.GetResult(1));
        Assert.Equal(DicomAssociateAcceptResultType.AbstractSyntax, answer.GetResult(3));
    }

    [Fact]
    public async Task Associate_NothingIsSupported_IsRejected()
    {
        using var served = Listening(new DicomHandlers().OnCEcho((_, _) => new(DicomOutcome.Success)));

        var rejected = await served.Peer.AssociateInVainAsync(served.Listener.HostPort, TestScu.Request(DicomUids.Verification));

        Assert.Equal(DicomAssociateRejectReasonType.Unknown, rejected.Reason);
    }

    [Fact]
    public async Task RequestedAsync_Rejects_IsWhatThePeerReads()
    {
        var gate = new Gate(_ => DicomAdmissionDecision.Reject(
            DicomAssociateRejectResultType.Transient, DicomAssociateRejectSourceType.Provider2, DicomAssociateRejectReasonType.Congestion));
        using var served = Listening(new DicomHandlers { Supported = Everything() }.Add(gate));

        var rejected = await served.Peer.AssociateInVainAsync(served.Listener.HostPort, TestScu.Request(DicomUids.Verification));

        Assert.Equal((2, 3, 1), ((int)rejected.Result, (int)rejected.Source, (int)rejected.Reason));
        await gate.Ended.Task.WithTimeout();
    }

    [Fact]
    public async Task RequestedAsync_AcceptsWithServicesOfItsOwn_TheyCount()
    {
        var gate = new Gate(context => context.Requested!.Calling == "SCU"
            ? DicomAdmissionDecision.Accept(new(new DicomSupportedService(SopClass)))
            : null);
        using var served = Listening(new DicomHandlers { Supported = Everything() }.Add(gate));

        var answer = await served.Peer.AssociateAsync(served.Listener.HostPort, TestScu.Request(DicomUids.Verification, SopClass));

        Assert.Equal(DicomAssociateAcceptResultType.AbstractSyntax, answer.GetResult(1));
        Assert.Equal(DicomAssociateAcceptResultType.Success, answer.GetResult(3));
    }

    [Fact]
    public async Task RequestedAsync_DecidesNothing_TheNextIsAskedAndThenTheDefaultHolds()
    {
        var gates = new[] { new Gate(_ => null), new Gate(_ => null) };
        using var served = await AssociatedAsync(new DicomHandlers().Add(gates[0]).Add(gates[1]));

        Assert.Equal(DicomCommandStatusType.Success, await served.Peer.EchoAsync());
        await served.Peer.ReleaseAsync();

        Assert.All(gates, gate => Assert.Equal(1, gate.Asked));
        Assert.Equal(DicomNetResult.Success, await gates[0].Ended.Task.WithTimeout());
        Assert.Equal(DicomNetResult.Success, await gates[1].Ended.Task.WithTimeout());
    }

    [Fact]
    public async Task RequestedAsync_Throws_IsRejected()
    {
        using var served = Listening(
            new DicomHandlers { Supported = Everything() }.Add(new Gate(_ => throw new InvalidOperationException("The test's."))));

        var rejected = await served.Peer.AssociateInVainAsync(served.Listener.HostPort, TestScu.Request(DicomUids.Verification));

        Assert.Equal((1, 1, 1), ((int)rejected.Result, (int)rejected.Source, (int)rejected.Reason));
    }

    [Fact]
    public async Task RequestedAsync_ThePeerLeavesMeanwhile_IsToldToStopAndHasNotFailed()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var log = new RecordingLogger();
        var patient = new PatientGate(asked);
        using var served = ServedPeer.Listening(
            new DicomHandlers { Supported = ServedPeer.Everything() }.Add(patient), new() { LoggerFactory = new SingleLoggerFactory(log) });
        await served.Peer.ConnectAsync(served.Listener.HostPort);
        served.Scu.SendAssociateRequest(TestScu.Request(DicomUids.Verification)).ThrowIfFailed();
        await asked.Task.WithTimeout();

        served.Scu.CloseForced(true);

        await patient.Ended.Task.WithTimeout();
        await Eventually.True(() => log.Count(3203) == 1);
        Assert.Empty(log.Errors);
    }

    [Fact]
    public async Task EndedAsync_TheAssociationWasAborted_IsToldHowAndAfterTheLastCallHasReturned()
    {
        var order = new ConcurrentQueue<string>();
        var begun = new TaskCompletionSource();
        var free = new TaskCompletionSource();
        var gate = new Gate(_ => null) { OnEnd = () => order.Enqueue("ended") };
        using var served = await AssociatedAsync(new DicomHandlers().Add(gate).OnCStore(async (_, _) =>
        {
            begun.SetResult();
            await free.Task; // Deaf to its token.
            order.Enqueue("returned");
            return DicomCommandStatusType.Success;
        }));
        using var instance = TestInstance.Create();
        served.Peer.SendStore(instance);
        await begun.Task.WithTimeout();

        served.Scu.SendAbort(DicomAbortSourceType.User, DicomAbortReasonType.Unknown).ThrowIfFailed();
        await Eventually.True(() => served.Listener.GetClientCount() == 0);
        free.SetResult();

        Assert.Equal(DicomExceptionCode.NetAssociationAborted, (await gate.Ended.Task.WithTimeout()).Code);
        Assert.Equal(["returned", "ended"], order);
    }

    private sealed class PatientGate(TaskCompletionSource asked) : IDicomAssociationHandler
    {
        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async ValueTask<DicomAdmissionDecision?> RequestedAsync(DicomAssociationContext association, CancellationToken cancellationToken)
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return null;
        }

        public ValueTask EndedAsync(DicomAssociationContext association, DicomNetResult end)
        {
            Ended.SetResult();
            return default;
        }
    }

    private sealed class Gate(Func<DicomAssociationContext, DicomAdmissionDecision?> decide) : IDicomAssociationHandler
    {
        public int Asked { get; private set; }

        public Action? OnEnd { get; init; }

        public TaskCompletionSource<DicomNetResult> Ended { get; } = new();

        public async ValueTask<DicomAdmissionDecision?> RequestedAsync(DicomAssociationContext association, CancellationToken cancellationToken)
        {
            Asked++;
            await Task.Yield();
            return decide(association);
        }

        public ValueTask EndedAsync(DicomAssociationContext association, DicomNetResult end)
        {
            OnEnd?.Invoke();
            Ended.SetResult(end);
            return default;
        }
    }
}
