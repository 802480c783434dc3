using Dicom.Net.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Dicom.Net.Tests.Scu;

/// <summary>C-FIND, enumerated.</summary>
public sealed class AssociationFindTests : IDisposable
{
    private readonly DicomNet _listener = TestScp.AcceptingAll();
    private readonly DicomDataSet _keys = TestAssociation.Saying("*");

    public void Dispose()
    {
        _keys.Dispose();
        _listener.Dispose();
    }

    [Theory]
    [InlineData(0, 32)]
    [InlineData(5, 32)]
    [InlineData(300, 32)]
    [InlineData(300, 1)]
    public async Task FindAsync_MatchesCome_AreAllTheMatchesInOrder(int count, int ahead)
    {
        Answer(request => request.TellAsync(count, DicomCommandStatusType.Success));
        await using var association = await OpenAsync(new() { MatchesAhead = ahead });

        var found = association.FindAsync(DicomUids.StudyRootFind, _keys, TestContext.Current.CancellationToken);
        var ids = await IdsAsync(found).WithTimeout();

        Assert.Equal(Enumerable.Range(1, count).Select(number => $"{number}"), ids);
        Assert.Equal(DicomCommandStatusType.Success, found.Response!.Status);
        Assert.False(found.HasUnsupportedKeys);
    }

    [Fact]
    public async Task FindAsync_KeysThatThePeerDoesNotLookAt_AreTold()
    {
        Answer(request =>
        {
            using var match = TestAssociation.Saying("1");
            request.Respond(DicomCommandStatusType.PendingWarning, match).ThrowIfFailed();
            return request.TellAsync(0, DicomCommandStatusType.Success);
        });
        await using var association = await OpenAsync();

        var found = association.FindAsync(DicomUids.StudyRootFind, _keys, TestContext.Current.CancellationToken);

        Assert.Single(await IdsAsync(found).WithTimeout());
        Assert.True(found.HasUnsupportedKeys);
    }

    [Fact]
    public async Task FindAsync_PeerFails_ThrowsAfterTheMatches()
    {
        Answer(request => request.TellAsync(2, DicomCommandStatusType.OutOfResources));
        await using var association = await OpenAsync();
        var ids = new List<string?>();

        var error = await Assert.ThrowsAsync<DicomStatusException>(() => IdsAsync(
            association.FindAsync(DicomUids.StudyRootFind, _keys, TestContext.Current.CancellationToken), ids).WithTimeout());

        Assert.Equal(DicomCommandStatusType.OutOfResources, error.Status);
        Assert.Equal(["1", "2"], ids);
        Assert.True(association.IsOpen);
    }

    [Fact]
    public async Task FindAsync_AssociationIsAbortedInTheMidst_ThrowsAfterTheMatches()
    {
        Answer(request =>
        {
            using var match = TestAssociation.Saying("1");
            request.Respond(DicomCommandStatusType.Pending, match).ThrowIfFailed();
            return Task.CompletedTask;
        });
        await using var association = await OpenAsync();
        var ids = new List<string?>();

        await Assert.ThrowsAsync<DicomAbortException>(() => IdsAsync(
            association.FindAsync(DicomUids.StudyRootFind, _keys, TestContext.Current.CancellationToken),
            ids,
            afterEach: association.Abort).WithTimeout());

        Assert.Equal(["1"], ids);
    }

    [Fact]
    public async Task FindAsync_LeftEarly_CancelsAndTheAssociationGoesOn()
    {
        Answer(TellUntilCancelledAsync);
        await using var association = await OpenAsync();
        var found = association.FindAsync(DicomUids.StudyRootFind, _keys, TestContext.Current.CancellationToken);

        Assert.Equal(["1", "2", "3"], await FirstAsync(found, 3).WithTimeout());

        Assert.Equal(DicomCommandStatusType.Cancel, found.Response!.Status);
        Assert.Equal(
            DicomCommandStatusType.Success, (await association.EchoAsync(TestContext.Current.CancellationToken).WithTimeout()).Status);
    }

    [Fact]
    public async Task FindAsync_Cancelled_CancelsAndThrows()
    {
        Answer(TellUntilCancelledAsync);
        await using var association = await OpenAsync();
        using var cancelling = new CancellationTokenSource();
        var found = association.FindAsync(DicomUids.StudyRootFind, _keys, cancelling.Token);
        var ids = new List<string?>();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => IdsAsync(found, ids, afterEach: cancelling.Cancel).WithTimeout());

        Assert.Equal(["1"], ids);
        Assert.Equal(DicomCommandStatusType.Cancel, found.Response!.Status);
        Assert.True(association.IsOpen);
    }

    [Fact]
    public async Task FindAsync_PeerIgnoresTheCancel_AbortsWhenItsTimeIsUp()
    {
        var time = new FakeTimeProvider();
        var cancelled = new TaskCompletionSource();
        var aborted = new TaskCompletionSource();
        _listener.AbortReceived += (_, _) => aborted.TrySetResult();
        _listener.CCancelRequestReceived += (_, _) => cancelled.TrySetResult();
        Answer(request =>
        {
            using var match = TestAssociation.Saying("1");
            request.Respond(DicomCommandStatusType.Pending, match).ThrowIfFailed();
            return Task.CompletedTask;
        });
        await using var association = await OpenAsync(new()
        {
            Network = new() { TimeProvider = time },
            CancelTimeout = TimeSpan.FromSeconds(7),
        });
        using var cancelling = new CancellationTokenSource();
        var finding = IdsAsync(
            association.FindAsync(DicomUids.StudyRootFind, _keys, cancelling.Token), afterEach: cancelling.Cancel);
        await cancelled.Task.WithTimeout();

        time.Advance(TimeSpan.FromSeconds(8));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => finding.WithTimeout());
        await aborted.Task.WithTimeout();
    }

    [Fact]
    public async Task FindAsync_EnumeratedTwice_IsRefused()
    {
        Answer(request => request.TellAsync(1, DicomCommandStatusType.Success));
        await using var association = await OpenAsync();
        var found = association.FindAsync(DicomUids.StudyRootFind, _keys, TestContext.Current.CancellationToken);
        await IdsAsync(found).WithTimeout();

        await Assert.ThrowsAsync<InvalidOperationException>(() => IdsAsync(found).WithTimeout());
    }

    [Fact]
    public async Task FindAsync_MatchesAreKept_OutliveTheAssociation()
    {
        Answer(request => request.TellAsync(3, DicomCommandStatusType.Success));
        var kept = new List<DicomDataSet>();
        await using (var association = await OpenAsync())
        {
            await foreach (var match in association.FindAsync(DicomUids.StudyRootFind, _keys, TestContext.Current.CancellationToken))
            {
                kept.Add(match);
            }
        }

        Assert.Equal(["1", "2", "3"], kept.Select(match => match.GetString(DicomTag.PatientID)));
    }

    [Fact]
    public async Task FindAsync_TwoAtOnceInAWindow_GetTheirOwnMatches()
    {
        Answer(request => request.TellAsync(50, DicomCommandStatusType.Success));
        await using var association = await TestAssociation.OpenAsync(
            _listener, TestAssociation.Request(DicomUids.StudyRootFind).WithAsynchronousOperations(2));

        var both = await Task.WhenAll(
            IdsAsync(association.FindAsync(DicomUids.StudyRootFind, _keys, TestContext.Current.CancellationToken)),
            IdsAsync(association.FindAsync(DicomUids.StudyRootFind, _keys, TestContext.Current.CancellationToken))).WithTimeout();

        Assert.All(both, ids => Assert.Equal(50, ids.Count));
    }

    private static async Task TellUntilCancelledAsync(DicomCFindRequestEventArgs request)
    {
        var cancelled = request.Cancelled;
        for (var number = 1; !cancelled.IsCancellationRequested; number++)
        {
            await request.Net.ReadyToSendAsync(TestContext.Current.CancellationToken);
            using var match = TestAssociation.Saying($"{number}");
            request.Respond(DicomCommandStatusType.Pending, match);
        }

        await request.TellAsync(0, DicomCommandStatusType.Cancel);
    }

    private static async Task<List<string?>> FirstAsync(DicomMatches matches, int count)
    {
        var ids = new List<string?>();
        await foreach (var match in matches)
        {
            ids.Add(match.GetString(DicomTag.PatientID));
            if (ids.Count == count)
            {
                break;
            }
        }

        return ids;
    }

    private static async Task<List<string?>> IdsAsync(DicomMatches matches, List<string?>? ids = null, Action? afterEach = null)
    {
        ids ??= [];
        await foreach (var match in matches)
        {
            ids.Add(match.GetString(DicomTag.PatientID));
            afterEach?.Invoke();
        }

        return ids;
    }

    private Task<DicomAssociation> OpenAsync(DicomAssociationOptions? options = null) =>
        TestAssociation.OpenAsync(_listener, TestAssociation.Request(DicomUids.StudyRootFind, DicomUids.Verification), options);

    private void Answer(Func<DicomCFindRequestEventArgs, Task> answer) => _listener.CFindRequestReceived += (_, request) =>
    {
        request.Handled = true;
        _ = Task.Run(() => answer(request));
    };
}
