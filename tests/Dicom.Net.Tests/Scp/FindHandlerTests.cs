using System.Runtime.CompilerServices;
using Dicom.Net.Tests.Support;
using static Dicom.Net.Tests.Scp.ServedPeer;

namespace Dicom.Net.Tests.Scp;

/// <summary>C-FIND by a handler: a pending response for each match, and the right final one.</summary>
public sealed class FindHandlerTests
{
    [Fact]
    public async Task FindAsync_SomeMatches_AreSentInOrderAndThenSuccess()
    {
        using var served = await AssociatedAsync(new DicomHandlers().OnCFind((_, _) => Matches("A", "B")));

        Assert.Equal(DicomCommandStatusType.Pending, (await served.FindAsync()).Status);
        Assert.Equal("A", served.Text);
        Assert.Equal(DicomCommandStatusType.Pending, (await served.ResponseAsync<DicomCFindResponseEventArgs>()).Status);
        Assert.Equal("B", served.Text);
        Assert.Equal(DicomCommandStatusType.Success, (await served.ResponseAsync<DicomCFindResponseEventArgs>()).Status);
        Assert.Null(served.Text);
    }

    [Fact]
    public async Task FindAsync_SaysThatKeysAreNotSupported_MatchesAreWarnings()
    {
        using var served = await AssociatedAsync(new DicomHandlers().OnCFind((request, _) =>
        {
            Assert.Equal("*", request.Identifier.GetString(DicomTag.PatientName));
            request.HasUnsupportedKeys = true;
            return Matches("A");
        }));

        Assert.Equal(DicomCommandStatusType.PendingWarning, (await served.FindAsync()).Status);
        Assert.Equal(DicomCommandStatusType.Success, (await served.ResponseAsync<DicomCFindResponseEventArgs>()).Status);
    }

    [Theory]
    [InlineData(false, DicomCommandStatusType.Success)]
    [InlineData(true, DicomCommandStatusType.ProcessingFailure)]
    public async Task WhenAnswered_SomethingRegistered_IsToldTheFinalStatus(bool fails, DicomCommandStatusType expected)
    {
        var told = new TaskCompletionSource<DicomCommandStatusType>();
        using var served = await AssociatedAsync(new DicomHandlers().OnCFind((request, _) =>
        {
            request.WhenAnswered(told.SetResult);
            return fails ? FailingAfterOne(new InvalidOperationException("The test's.")) : Matches("A");
        }));

        await served.FindAsync();

        Assert.Equal(expected, (await served.ResponseAsync<DicomCFindResponseEventArgs>()).Status);
        Assert.Equal(expected, await told.Task.WithTimeout());
    }

    [Fact]
    public async Task FindAsync_MoreMatchesThanTheQueueHolds_AllArrive()
    {
        const int Count = 2000; // The queue of what waits to be sent holds 256.
        using var served = await AssociatedAsync(
            new DicomHandlers().OnCFind((_, _) => Matches([.. Enumerable.Range(0, Count).Select(number => $"{number}")])));

        served.SendFind();

        for (var i = 0; i < Count; i++)
        {
            await served.ResponseAsync<DicomCFindResponseEventArgs>();
            Assert.Equal($"{i}", served.Text);
        }

        Assert.Equal(DicomCommandStatusType.Success, (await served.ResponseAsync<DicomCFindResponseEventArgs>()).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FindAsync_IsCancelled_EndsWithCancel(bool throws)
    {
        using var served = await AssociatedAsync(new DicomHandlers().OnCFind((_, token) => UntilCancelled(throws, token)));

        Assert.Equal(DicomCommandStatusType.Pending, (await served.FindAsync()).Status);
        served.Scu.SendCCancelRequest(Context, 1).ThrowIfFailed();

        Assert.Equal(DicomCommandStatusType.Cancel, (await served.ResponseAsync<DicomCFindResponseEventArgs>()).Status);
        Assert.Equal(DicomCommandStatusType.Success, await served.Peer.EchoAsync());
    }

    [Fact]
    public async Task FindAsync_BlocksTheThread_TheCancelIsSeenAllTheSame()
    {
        using var served = await AssociatedAsync(new DicomHandlers().OnCFind((_, token) => BlockedUntilCancelled(token)));

        Assert.Equal(DicomCommandStatusType.Pending, (await served.FindAsync()).Status);
        served.Scu.SendCCancelRequest(Context, 1).ThrowIfFailed();

        Assert.Equal(DicomCommandStatusType.Cancel, (await served.ResponseAsync<DicomCFindResponseEventArgs>()).Status);
    }

    [Fact]
    public async Task FindAsync_ThrowsAfterAMatch_IsItsStatus()
    {
        using var served = await AssociatedAsync(new DicomHandlers().OnCFind((_, _) =>
            FailingAfterOne(new DicomRefusalException(DicomCommandStatusType.DataSetDoesNotMatchSopClass, "no level"))));

        Assert.Equal(DicomCommandStatusType.Pending, (await served.FindAsync()).Status);
        var last = await served.ResponseAsync<DicomCFindResponseEventArgs>();

        Assert.Equal((DicomCommandStatusType.DataSetDoesNotMatchSopClass, "no level"), (last.Status, last.Detail.ErrorComment));
    }

    [Fact]
    public async Task FindAsync_AMatchIsNull_IsProcessingFailure()
    {
        using var served = await AssociatedAsync(new DicomHandlers().OnCFind((_, _) => new DicomDataSet[] { null! }.ToAsyncEnumerable()));

        Assert.Equal(DicomCommandStatusType.ProcessingFailure, (await served.FindAsync()).Status);
    }

    [Fact]
    public async Task FindAsync_TheAssociationIsLost_EndsAndIsDisposedOf()
    {
        var ended = new TaskCompletionSource();
        using var served = await AssociatedAsync(new DicomHandlers().OnCFind((_, token) => UntilCancelled(true, token, ended)));
        await served.FindAsync();

        served.Scu.CloseForced(true);

        await ended.Task.WithTimeout();
    }

    private static async IAsyncEnumerable<DicomDataSet> Matches(params string[] names)
    {
        await Task.Yield();
        foreach (var name in names)
        {
            using var match = Saying(name);
            yield return match;
        }
    }

    private static async IAsyncEnumerable<DicomDataSet> UntilCancelled(
        bool throws, [EnumeratorCancellation] CancellationToken token, TaskCompletionSource? ended = null)
    {
        try
        {
            yield return Saying("A");
            await Task.Delay(Timeout.Infinite, token).ContinueWith(static _ => { }, TaskScheduler.Default);
            if (throws)
            {
                token.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            ended?.SetResult();
        }
    }

    private static async IAsyncEnumerable<DicomDataSet> BlockedUntilCancelled([EnumeratorCancellation] CancellationToken token)
    {
        await Task.CompletedTask;
        yield return Saying("A");
        token.WaitHandle.WaitOne(Timeouts.Default);
    }

    private static async IAsyncEnumerable<DicomDataSet> FailingAfterOne(Exception failure)
    {
        await Task.Yield();
        yield return Saying("A");
        throw failure;
    }
}
