using System.Runtime.CompilerServices;
using Dicom.Net.Tests.Support;
using static Dicom.Net.Tests.Scp.ServedPeer;

namespace Dicom.Net.Tests.Scp;

/// <summary>Anything at all done from inside a handler, by one thread and by ten at once: no dead-lock, and one OnClose at the end.</summary>
public sealed class HandlerReentrancyTests
{
    private const int Threads = 10; // as the requirement says

    private static readonly string[] Services = ["Requested", "CEcho", "Start", "CStore", "CFind", "CGet", "NAction", "Ended"];

    private static readonly Dictionary<string, Action<DicomNet>> Deeds = new()
    {
        ["Close"] = net => net.Close(),
        ["Dispose"] = net => net.Dispose(),
        ["CloseForced"] = net => net.CloseForced(true),
        ["SendAbort"] = net => net.SendAbort(DicomAbortSourceType.User, DicomAbortReasonType.Unknown),
        ["SendReleaseRequest"] = net => net.SendReleaseRequest(),
        ["SendCEchoRequest"] = net => net.SendCEchoRequest(Context, net.NextMessageID(), SopClass),
        ["DisposeOfTheListener"] = net => net.Server?.Dispose(),
        ["CloseAsyncOfTheListener"] = net => _ = net.Server?.CloseAsync(TimeSpan.Zero),
    };

    public static TheoryData<string, string, bool> Cases()
    {
        var cases = new TheoryData<string, string, bool>();
        foreach (var service in Services)
        {
            foreach (var deed in Deeds.Keys)
            {
                cases.Add(service, deed, false);
                cases.Add(service, deed, true);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Handler_DoesAnything_EndsWithOneOnClose(string service, string deed, bool byTen)
    {
        var handler = new Doer(service, net => Do(Deeds[deed], net, byTen));
        using var served = ServedPeer.Listening(new DicomHandlers { Supported = Everything() }.Add(handler));
        var closed = 0;
        served.Listener.Closed += (_, _) => Interlocked.Increment(ref closed);
        served.Scu.AssociateAcceptReceived += (_, _) => Ask(served.Scu);
        await served.Peer.ConnectAsync(served.Listener.HostPort);
        served.Scu.SendAssociateRequest(TestScu.Request(SopClass, DicomUids.Verification)).ThrowIfFailed();
        if (service == "Ended")
        {
            await Eventually.True(() => served.HasResponse);
            served.Scu.Close();
        }

        await handler.Done.Task.WithTimeout();

        // Where the deed has not ended it, the peer does.
        served.Scu.Close();
        await Eventually.True(() => closed == 1 && handler.HasEnded && !served.Scu.IsConnected() && served.Listener.GetClientCount() == 0);
    }

    // Whatever the handler waits for comes, since each is asked before the last has answered.
    private static void Ask(DicomNet net)
    {
        using var instance = TestInstance.Create();
        net.SendCEchoRequest(Context, 1, SopClass);
        net.SendCStoreRequest(Context, 2, SopClass, TestInstance.Uid, DicomCommandPriorityType.Medium, null, 0, instance);
        net.SendCFindRequest(Context, 3, SopClass, DicomCommandPriorityType.Medium, Saying("x"));
        net.SendCGetRequest(Context, 4, SopClass, DicomCommandPriorityType.Medium, Saying("x"));
        net.SendNActionRequest(Context, 5, SopClass, TestInstance.Uid, 1, Saying("x"));
    }

    private static void Do(Action<DicomNet> deed, DicomNet net, bool byTen)
    {
        if (!byTen)
        {
            deed(net);
            return;
        }

        // The handler waits for them: what needs it to return first would stand still here.
        var deeds = Enumerable.Range(0, Threads).Select(_ => new Thread(() => deed(net)) { IsBackground = true }).ToList();
        deeds.ForEach(thread => thread.Start());
        Assert.All(deeds, thread => Assert.True(thread.Join(Timeouts.Default), "A deed does not return"));
    }

    /// <summary>Serves everything; in one of its services it does something first.</summary>
    private sealed class Doer(string when, Action<DicomNet> deed)
        : IDicomAssociationHandler, ICEchoHandler, ICStoreStartHandler, ICFindHandler, ICGetHandler, INActionHandler
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool HasEnded { get; private set; }

        public ValueTask<DicomAdmissionDecision?> RequestedAsync(DicomAssociationContext association, CancellationToken cancellationToken)
        {
            Do("Requested", association);
            return default;
        }

        public ValueTask EndedAsync(DicomAssociationContext association, DicomNetResult end)
        {
            Do("Ended", association);
            HasEnded = true;
            return default;
        }

        public ValueTask<DicomOutcome> EchoAsync(DicomCEchoRequest request, CancellationToken cancellationToken) => Answer("CEcho", request);

        public ValueTask<Stream?> StartAsync(DicomCStoreRequest request, CancellationToken cancellationToken)
        {
            Do("Start", request.Association);
            return default;
        }

        public ValueTask<DicomOutcome> StoreAsync(DicomCStoreRequest request, CancellationToken cancellationToken) => Answer("CStore", request);

        public ValueTask<DicomOutcome> ActAsync(DicomNActionRequest request, CancellationToken cancellationToken) => Answer("NAction", request);

        public async IAsyncEnumerable<DicomDataSet> FindAsync(
            DicomCFindRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.Yield();
            yield return Saying("A");
            Do("CFind", request.Association);
            yield return Saying("B");
        }

        public async IAsyncEnumerable<DicomInstance> GetAsync(
            DicomCGetRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.Yield();
            Do("CGet", request.Association);
            yield break;
        }

        private ValueTask<DicomOutcome> Answer(string service, DicomRequest request)
        {
            Do(service, request.Association);
            return new(DicomOutcome.Success);
        }

        private void Do(string service, DicomAssociationContext association)
        {
            if (service == when && !Done.Task.IsCompleted)
            {
                deed(association.Net);
                Done.SetResult();
            }
        }
    }
}
