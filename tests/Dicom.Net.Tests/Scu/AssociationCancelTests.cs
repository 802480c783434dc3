using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.Scu;

/// <summary>Requests that are cancelled while they wait for their turn: no window, and somebody else's C-FIND is under way.</summary>
public sealed class AssociationCancelTests : IDisposable
{
    private readonly DicomNet _listener = TestScp.AcceptingAll();
    private readonly DicomDataSet _keys = TestAssociation.Saying("*");
    private readonly TaskCompletionSource<DicomCFindRequestEventArgs> _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _cancelling = new();
    private int _received;

    public AssociationCancelTests()
    {
        _listener.CFindRequestReceived += (_, e) =>
        {
            e.Handled = true;
            _asked.TrySetResult(e);
            Interlocked.Increment(ref _received);
        };
        _listener.CEchoRequestReceived += (_, _) => Interlocked.Increment(ref _received);
        _listener.CMoveRequestReceived += (_, _) => Interlocked.Increment(ref _received);
        _listener.CStoreRequestReceived += (_, _) => Interlocked.Increment(ref _received);
        _listener.NDeleteRequestReceived += (_, _) => Interlocked.Increment(ref _received);
    }

    public static TheoryData<Func<DicomAssociation, DicomDataSet, CancellationToken, Task>> Services => new()
    {
        (association, _, cancelled) => association.EchoAsync(cancelled),
        (association, keys, cancelled) => CountAsync(association.FindAsync(DicomUids.StudyRootFind, keys, cancelled)),
        (association, keys, cancelled) => association.MoveAsync(DicomUids.StudyRootMove, "THERE", keys, null, cancelled),
        (association, _, cancelled) => StoreAsync(association, cancelled),
        (association, _, cancelled) => association.NDeleteAsync(DicomUids.Verification, "1.2.3", cancellationToken: cancelled),
    };

    public void Dispose()
    {
        _cancelling.Dispose();
        _keys.Dispose();
        _listener.Dispose();
    }

    [Theory]
    [MemberData(nameof(Services), DisableDiscoveryEnumeration = true)]
    public async Task Cancel_RequestWaitsForItsTurn_IsTakenBackAndTheOthersGoOn(Func<DicomAssociation, DicomDataSet, CancellationToken, Task> ask)
    {
        await using var association = await OpenAsync();
        var finding = CountAsync(association.FindAsync(DicomUids.StudyRootFind, _keys, TestContext.Current.CancellationToken));
        var request = await _asked.Task.WithTimeout();
        var cancelled = ask(association, _keys, _cancelling.Token);
        var behind = association.EchoAsync(TestContext.Current.CancellationToken);

        await _cancelling.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.WithTimeout());
        await request.TellAsync(2, DicomCommandStatusType.Success);
        Assert.Equal(2, await finding.WithTimeout());
        Assert.Equal(DicomCommandStatusType.Success, (await behind.WithTimeout()).Status);
        Assert.Equal(2, _received); // The C-FIND, and the C-ECHO behind.
        await association.ReleaseAsync(TestContext.Current.CancellationToken).WithTimeout();
    }

    [Fact]
    public async Task Cancel_RequestWaitsForItsTurn_MakesRoomForTheNext()
    {
        await using var association = await OpenAsync(new() { Network = new() { Limits = new() { MaximumWaitingRequests = 1 } } });
        var finding = CountAsync(association.FindAsync(DicomUids.StudyRootFind, _keys, TestContext.Current.CancellationToken));
        var request = await _asked.Task.WithTimeout();
        var cancelled = association.EchoAsync(_cancelling.Token);
        var next = association.EchoAsync(TestContext.Current.CancellationToken);

        await _cancelling.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.WithTimeout());
        await request.TellAsync(0, DicomCommandStatusType.Success);
        Assert.Equal(0, await finding.WithTimeout());
        Assert.Equal(DicomCommandStatusType.Success, (await next.WithTimeout()).Status);
    }

    private static async Task<int> CountAsync(DicomMatches matches)
    {
        var count = 0;
        await foreach (var match in matches)
        {
            match.Dispose();
            count++;
        }

        return count;
    }

    private static async Task StoreAsync(DicomAssociation association, CancellationToken cancelled)
    {
        using var instance = TestInstance.Create(5000);
        await association.StoreAsync(instance, cancellationToken: cancelled);
    }

    private Task<DicomAssociation> OpenAsync(DicomAssociationOptions? options = null) => TestAssociation.OpenAsync(
        _listener,
        TestAssociation.Request(DicomUids.StudyRootFind, DicomUids.StudyRootMove, DicomUids.Verification, TestInstance.SopClass),
        options);
}
