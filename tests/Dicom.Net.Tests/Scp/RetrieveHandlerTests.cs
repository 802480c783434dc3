using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Dicom.Net.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using static Dicom.Net.Tests.Scp.ServedPeer;

namespace Dicom.Net.Tests.Scp;

/// <summary>C-GET and C-MOVE by handlers: the sub-operations, their counts, and the final response.</summary>
public sealed class RetrieveHandlerTests
{
    [Fact]
    public async Task GetAsync_SomeInstances_AreSentAndCounted()
    {
        using var served = await GettingAsync(new DicomHandlers().OnCGet((_, _) => Instances(3)));
        var stored = AnswerStores(served.Scu, _ => DicomCommandStatusType.Success);

        SendGet(served);

        Assert.Equal((DicomCommandStatusType.Pending, 2, 1, 0, 0), Counts(await served.ResponseAsync<DicomCGetResponseEventArgs>()));
        Assert.Equal((DicomCommandStatusType.Pending, 1, 2, 0, 0), Counts(await served.ResponseAsync<DicomCGetResponseEventArgs>()));
        Assert.Equal((DicomCommandStatusType.Success, 0, 3, 0, 0), Counts(await served.ResponseAsync<DicomCGetResponseEventArgs>()));
        Assert.Equal(["1.1", "1.2", "1.3"], stored.Select(store => store.Instance));
    }

    [Fact]
    public async Task GetAsync_TheCountIsKnown_SendsAsTheyCome()
    {
        using var served = await GettingAsync(new DicomHandlers().OnCGet((request, _) =>
        {
            request.Count = 2001;
            return Instances(2001);
        }));
        AnswerStores(served.Scu, _ => DicomCommandStatusType.Success);

        SendGet(served);

        // More than one batch: and the counts are right from the first.
        Assert.Equal((DicomCommandStatusType.Pending, 2000, 1, 0, 0), Counts(await served.ResponseAsync<DicomCGetResponseEventArgs>()));
        Assert.Equal((DicomCommandStatusType.Success, 0, 2001, 0, 0), Counts(await LastAsync<DicomCGetResponseEventArgs>(served)));
    }

    [Fact]
    public async Task GetAsync_SomeFailSomeWarn_AreCountedAndNamed()
    {
        using var served = await GettingAsync(new DicomHandlers().OnCGet((_, _) => Instances(3)));
        AnswerStores(served.Scu, store => store.Instance switch
        {
            "1.1" => DicomCommandStatusType.OutOfResources,
            "1.2" => DicomCommandStatusType.CoercionOfDataElements,
            _ => DicomCommandStatusType.Success,
        });

        SendGet(served);

        Assert.Equal((DicomCommandStatusType.CoercionOfDataElements, 0, 1, 1, 1), Counts(await LastAsync<DicomCGetResponseEventArgs>(served)));
        Assert.Equal("1.1", served.Text);
    }

    [Fact]
    public async Task GetAsync_AnInstanceCannotBeOpenedOrHasNoContext_TheOthersAreSent()
    {
        using var served = await GettingAsync(new DicomHandlers().OnCGet((_, _) => new[]
        {
            new DicomInstance(SopClass, "1.1", DicomUids.ImplicitVRLittleEndian, _ => throw new IOException("The test's.")),
            new DicomInstance(DicomUids.CTImageStorage, "1.2", DicomUids.ImplicitVRLittleEndian, _ => new(TestInstance.Create())),
            new DicomInstance(SopClass, "1.3", DicomUids.ExplicitVRLittleEndian, _ => new(TestInstance.Create())),
        }.ToAsyncEnumerable()));
        AnswerStores(served.Scu, _ => DicomCommandStatusType.Success);

        SendGet(served);

        Assert.Equal((DicomCommandStatusType.CoercionOfDataElements, 0, 1, 2, 0), Counts(await LastAsync<DicomCGetResponseEventArgs>(served)));
        Assert.Equal("1.1,1.2", served.Text);
    }

    [Fact]
    public async Task GetAsync_ThePeerIsNoProvider_AllFail()
    {
        using var served = await AssociatedAsync(new DicomHandlers().OnCGet((_, _) => Instances(2)));

        SendGet(served);

        Assert.Equal(
            (DicomCommandStatusType.UnableToPerformSubOperations, 0, 0, 2, 0), Counts(await LastAsync<DicomCGetResponseEventArgs>(served)));
        Assert.Equal("1.1,1.2", served.Text);
    }

    [Fact]
    public async Task GetAsync_NothingMatches_IsSuccess()
    {
        using var served = await GettingAsync(new DicomHandlers().OnCGet((_, _) => Instances(0)));

        SendGet(served);

        Assert.Equal((DicomCommandStatusType.Success, 0, 0, 0, 0), Counts(await served.ResponseAsync<DicomCGetResponseEventArgs>()));
    }

    [Fact]
    public async Task GetAsync_IsCancelled_EndsAfterTheOneUnderWayWithItsCounts()
    {
        using var served = await GettingAsync(new DicomHandlers().OnCGet((_, _) => Instances(3)));
        var asked = new TaskCompletionSource<DicomCStoreRequestEventArgs>();
        served.Scu.CStoreRequestReceived += (_, store) =>
        {
            store.Handled = true;
            asked.SetResult(store);
        };
        SendGet(served);
        var first = await asked.Task.WithTimeout();
        var client = served.Listener.GetClient(0)!;
        var cancelled = client.GetCancellationToken(Context, 1);

        served.Scu.SendCCancelRequest(Context, 1).ThrowIfFailed();
        await Eventually.True(() => cancelled.IsCancellationRequested);
        first.Respond(DicomCommandStatusType.Success).ThrowIfFailed();

        Assert.Equal((DicomCommandStatusType.Cancel, 2, 1, 0, 0), Counts(await served.ResponseAsync<DicomCGetResponseEventArgs>()));
    }

    [Fact]
    public async Task GetAsync_ThrowsMidway_IsItsStatusWithTheCounts()
    {
        using var served = await GettingAsync(new DicomHandlers().OnCGet((request, token) =>
        {
            request.Count = 1500;
            return FailingAfter(1200, token);
        }));
        AnswerStores(served.Scu, _ => DicomCommandStatusType.Success);

        SendGet(served);

        var last = await LastAsync<DicomCGetResponseEventArgs>(served);
        Assert.Equal((DicomCommandStatusType.ProcessingFailure, 1000), (last.Status, last.Completed));
    }

    [Fact]
    public async Task MoveAsync_AKnownDestination_GetsTheInstancesAndWhoHasAskedForThem()
    {
        using var destination = TestScp.AcceptingAll();
        var stored = AnswerStores(destination, _ => DicomCommandStatusType.Success);
        var calls = new ConcurrentQueue<DicomAssociate>();
        destination.AssociateRequestReceived += (_, e) => calls.Enqueue(e.Association);
        using var served = await AssociatedAsync(
            new DicomHandlers().OnCMove(title => title == "STORE" ? new("127.0.0.1", destination.HostPort) : null, (_, _) => Instances(2)));

        SendMove(served, "STORE");

        Assert.Equal((DicomCommandStatusType.Pending, 1, 1, 0, 0), Counts(await served.ResponseAsync<DicomCMoveResponseEventArgs>()));
        Assert.Equal((DicomCommandStatusType.Success, 0, 2, 0, 0), Counts(await served.ResponseAsync<DicomCMoveResponseEventArgs>()));
        Assert.Equal([("1.1", "SCU", 1), ("1.2", "SCU", 1)], stored.Select(store => (store.Instance, store.MoveAE, store.MoveMessageID)));
        Assert.Equal([("STORE", "SCP")], calls.Select(call => (call.Called, call.Calling)));
        await Eventually.True(() => destination.GetClientCount() == 0); // Released.
    }

    [Fact]
    public async Task MoveAsync_MoreKindsThanAnAssociationCarries_AreSentOverSeveral()
    {
        const int Kinds = 100;
        using var destination = TestScp.AcceptingAll();
        AnswerStores(destination, _ => DicomCommandStatusType.Success);
        var associations = 0;
        destination.AssociateRequestReceived += (_, _) => Interlocked.Increment(ref associations);
        using var served = await AssociatedAsync(new DicomHandlers().OnCMove(
            _ => new("127.0.0.1", destination.HostPort),
            (_, _) => Enumerable.Range(1, Kinds).Select(kind => new DicomInstance(
                $"1.2.3.{kind}", $"1.{kind}", DicomUids.ExplicitVRLittleEndian, _ => new(TestInstance.Create()))).ToAsyncEnumerable()));

        SendMove(served, "STORE");

        Assert.Equal((DicomCommandStatusType.Success, 0, Kinds, 0, 0), Counts(await LastAsync<DicomCMoveResponseEventArgs>(served)));
        Assert.Equal(2, associations);
    }

    [Fact]
    public async Task MoveAsync_AnUnknownDestination_IsRefused()
    {
        using var served = await AssociatedAsync(new DicomHandlers().OnCMove(_ => null, (_, _) => throw new InvalidOperationException("Not asked.")));

        SendMove(served, "NOWHERE");

        Assert.Equal(DicomCommandStatusType.MoveDestinationUnknown, (await served.ResponseAsync<DicomCMoveResponseEventArgs>()).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task MoveAsync_TheDestinationDoesNotTakePart_AllFail(bool rejects)
    {
        using var destination = TestScp.Listening(new DicomNet(null, DicomNetSecurityMode.None)); // Rejects every association.
        var port = destination.HostPort;
        if (!rejects)
        {
            destination.Close();
        }

        using var served = await AssociatedAsync(new DicomHandlers().OnCMove(_ => new("127.0.0.1", port), (_, _) => Instances(2)));

        SendMove(served, "STORE");

        Assert.Equal(
            (DicomCommandStatusType.UnableToPerformSubOperations, 0, 0, 2, 0), Counts(await LastAsync<DicomCMoveResponseEventArgs>(served)));
        Assert.Equal("1.1,1.2", served.Text);
    }

    [Fact]
    public async Task MoveAsync_TheDestinationAbortsMidway_TheRestFails()
    {
        using var destination = TestScp.AcceptingAll();
        destination.CStoreRequestReceived += (_, store) =>
        {
            if (store.Instance == "1.2")
            {
                store.Net.SendAbort(DicomAbortSourceType.User, DicomAbortReasonType.Unknown);
                return;
            }

            store.Respond(DicomCommandStatusType.Success);
        };
        using var served = await AssociatedAsync(
            new DicomHandlers().OnCMove(_ => new("127.0.0.1", destination.HostPort), (_, _) => Instances(4)));

        SendMove(served, "STORE");

        Assert.Equal((DicomCommandStatusType.CoercionOfDataElements, 0, 1, 3, 0), Counts(await LastAsync<DicomCMoveResponseEventArgs>(served)));
        Assert.Equal("1.2,1.3,1.4", served.Text);
    }

    [Fact]
    public async Task GetAsync_AStoreIsNotAnswered_ItAndTheRestHaveFailedWhenTheTimeIsOver()
    {
        var time = new FakeTimeProvider();
        var options = new DicomNetOptions
        {
            TimeProvider = time,
            MessageTimeout = Timeout.InfiniteTimeSpan,
            SendTimeout = Timeout.InfiniteTimeSpan,
            PduTimeout = Timeout.InfiniteTimeSpan,
            IdleTimeout = Timeout.InfiniteTimeSpan,
        };
        using var served = await AssociatedAsync(
            new DicomHandlers().OnCGet((_, _) => Instances(3)),
            options,
            propose: request => request.SetRoleSelect(Context, true, DicomRoleSupport.Supported, DicomRoleSupport.Supported));
        var asked = new TaskCompletionSource();
        served.Scu.CStoreRequestReceived += (_, store) =>
        {
            store.Handled = true;
            asked.SetResult();
        };
        SendGet(served);
        await asked.Task.WithTimeout();
        var last = served.ResponseAsync<DicomCGetResponseEventArgs>();

        await Eventually.True(() =>
        {
            time.Advance(TimeSpan.FromMinutes(5));
            return last.IsCompleted;
        });

        Assert.Equal((DicomCommandStatusType.UnableToPerformSubOperations, 0, 0, 3, 0), Counts(await last));
        Assert.Equal("1.1,1.2,1.3", served.Text);
    }

    [Fact]
    public async Task MoveAsync_AStoreIsNotAnswered_ItAndTheRestHaveFailedWhenTheTimeIsOver()
    {
        var time = new FakeTimeProvider();
        using var destination = TestScp.AcceptingAll();
        var asked = new TaskCompletionSource();
        destination.CStoreRequestReceived += (_, store) =>
        {
            store.Handled = true;
            asked.SetResult();
        };
        using var served = await AssociatedAsync(new DicomHandlers().OnCMove(
            _ => new("127.0.0.1", destination.HostPort) { Options = new() { TimeProvider = time, SendTimeout = Timeout.InfiniteTimeSpan } },
            (_, _) => Instances(3)));
        SendMove(served, "STORE");
        await asked.Task.WithTimeout();
        var last = served.ResponseAsync<DicomCMoveResponseEventArgs>();

        await Eventually.True(() =>
        {
            time.Advance(TimeSpan.FromMinutes(5));
            return last.IsCompleted;
        });

        Assert.Equal((DicomCommandStatusType.UnableToPerformSubOperations, 0, 0, 3, 0), Counts(await last));
        Assert.Equal("1.1,1.2,1.3", served.Text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RetrieveAsync_AnInstanceCannotBeEncoded_TheOthersAreSent(bool moves)
    {
        using var destination = TestScp.AcceptingAll();
        AnswerStores(destination, _ => DicomCommandStatusType.Success);
        IAsyncEnumerable<DicomInstance> AllButOne() =>
            new[] { Numbered(1), Unsendable("1.2"), Numbered(3) }.ToAsyncEnumerable();
        using var served = await GettingAsync(new DicomHandlers()
            .OnCGet((_, _) => AllButOne())
            .OnCMove(_ => new("127.0.0.1", destination.HostPort), (_, _) => AllButOne()));
        AnswerStores(served.Scu, _ => DicomCommandStatusType.Success);

        DicomRetrieveResponseEventArgs last;
        if (moves)
        {
            SendMove(served, "STORE");
            last = await LastAsync<DicomCMoveResponseEventArgs>(served);
        }
        else
        {
            SendGet(served);
            last = await LastAsync<DicomCGetResponseEventArgs>(served);
        }

        Assert.Equal((DicomCommandStatusType.CoercionOfDataElements, 0, 2, 1, 0), Counts(last));
        Assert.Equal("1.2", served.Text);
    }

    [Fact]
    public async Task FromFile_AFile_IsReadWhenItIsSent()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "a.dcm");
        using (var instance = TestInstance.Create())
        {
            instance.Save(path);
        }

        using var served = await GettingAsync(new DicomHandlers().OnCGet((_, _) => new[] { DicomInstance.FromFile(path) }.ToAsyncEnumerable()));
        var stored = AnswerStores(served.Scu, _ => DicomCommandStatusType.Success);

        SendGet(served);

        Assert.Equal(DicomCommandStatusType.Success, (await served.ResponseAsync<DicomCGetResponseEventArgs>()).Status);
        Assert.Equal([TestInstance.Uid], stored.Select(store => store.Instance));
    }

    private static Task<ServedPeer> GettingAsync(DicomHandlers handlers) => AssociatedAsync(
        handlers, propose: request => request.SetRoleSelect(Context, true, DicomRoleSupport.Supported, DicomRoleSupport.Supported));

    private static ConcurrentQueue<DicomCStoreRequestEventArgs> AnswerStores(
        DicomNet net, Func<DicomCStoreRequestEventArgs, DicomCommandStatusType> answer)
    {
        var stored = new ConcurrentQueue<DicomCStoreRequestEventArgs>();
        net.CStoreRequestReceived += (_, store) =>
        {
            stored.Enqueue(store);
            store.Respond(answer(store)).ThrowIfFailed();
        };
        return stored;
    }

    private static void SendGet(ServedPeer served) =>
        served.Scu.SendCGetRequest(Context, 1, SopClass, DicomCommandPriorityType.Medium, Saying("*")).ThrowIfFailed();

    private static void SendMove(ServedPeer served, string destination) =>
        served.Scu.SendCMoveRequest(Context, 1, SopClass, DicomCommandPriorityType.Medium, destination, Saying("*")).ThrowIfFailed();

    private static async Task<T> LastAsync<T>(ServedPeer served)
        where T : DicomRetrieveResponseEventArgs
    {
        T response;
        do
        {
            response = await served.ResponseAsync<T>();
        }
        while (response.Status.IsPending());

        return response;
    }

    private static (DicomCommandStatusType Status, int Remaining, int Completed, int Failed, int Warning) Counts(
        DicomRetrieveResponseEventArgs response) =>
        (response.Status, response.Remaining, response.Completed, response.Failed, response.Warning);

    private static IAsyncEnumerable<DicomInstance> Instances(int count) =>
        Enumerable.Range(1, count).Select(Numbered).ToAsyncEnumerable();

    private static DicomInstance Numbered(int number) =>
        new(SopClass, $"1.{number}", DicomUids.ImplicitVRLittleEndian, _ => new(TestInstance.Create()));

    /// <summary>One whose sequences nest deeper than can be encoded.</summary>
    private static DicomInstance Unsendable(string uid) => new(SopClass, uid, DicomUids.ImplicitVRLittleEndian, _ =>
    {
        var dataSet = Saying("inmost");
        for (var depth = 0; depth < 100; depth++)
        {
            var inner = dataSet;
            dataSet = new DicomDataSet(DicomUids.ImplicitVRLittleEndian);
            dataSet.SetItems(DicomTag.ScheduledProcedureStepSequence, inner);
        }

        return new(dataSet);
    });

    private static async IAsyncEnumerable<DicomInstance> FailingAfter(int count, [EnumeratorCancellation] CancellationToken token)
    {
        for (var number = 1; number <= count; number++)
        {
            yield return Numbered(number);
        }

        await Task.Yield();
        token.ThrowIfCancellationRequested();
        throw new InvalidOperationException("The test's.");
    }
}
