using System.Collections.Concurrent;
using Dicom.Net.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using static Dicom.Net.Tests.Scp.Retrieving;
using static Dicom.Net.Tests.Scp.ServedPeer;

namespace Dicom.Net.Tests.Scp;

/// <summary>C-MOVE by handlers: where it sends to, the sub-operations, and their counts.</summary>
public sealed class MoveHandlerTests
{
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
    public async Task MoveAsync_TheCountIsKnown_AreSentInPartsOverOneAssociation()
    {
        const int Count = 2001;
        using var destination = TestScp.AcceptingAll();
        AnswerStores(destination, _ => DicomCommandStatusType.Success);
        var associations = 0;
        destination.AssociateRequestReceived += (_, _) => Interlocked.Increment(ref associations);
        using var served = await AssociatedAsync(new DicomHandlers().OnCMove(
            _ => new("127.0.0.1", destination.HostPort),
            (request, _) =>
            {
                request.Count = Count;
                return Instances(Count);
            }));

        SendMove(served, "STORE");

        // More than one part: and the counts are right from the first.
        Assert.Equal((DicomCommandStatusType.Pending, Count - 1, 1, 0, 0), Counts(await served.ResponseAsync<DicomCMoveResponseEventArgs>()));
        Assert.Equal((DicomCommandStatusType.Success, 0, Count, 0, 0), Counts(await LastAsync<DicomCMoveResponseEventArgs>(served)));
        Assert.Equal(1, associations);
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
    public async Task MoveAsync_OneInstancesSopClassIsNoUid_FailsAndTheOthersAreSent()
    {
        using var destination = TestScp.AcceptingAll();
        var stored = AnswerStores(destination, _ => DicomCommandStatusType.Success);
        var bad = new DicomInstance("no UID", "1.3", DicomUids.ImplicitVRLittleEndian, _ => new(TestInstance.Create()));
        using var served = await AssociatedAsync(new DicomHandlers().OnCMove(
            _ => new("127.0.0.1", destination.HostPort), (_, _) => new[] { Numbered(1), bad, Numbered(2) }.ToAsyncEnumerable()));

        SendMove(served, "STORE");

        Assert.Equal((DicomCommandStatusType.CoercionOfDataElements, 0, 2, 1, 0), Counts(await LastAsync<DicomCMoveResponseEventArgs>(served)));
        Assert.Equal(["1.1", "1.2"], stored.Select(store => store.Instance));
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
        using var closed = new ClosedPort();
        var port = rejects ? destination.HostPort : closed.Number;
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
}
