using System.Collections.Concurrent;
using Dicom.Net.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Dicom.Net.Tests.Scu;

/// <summary>Associations of a pool that are being released, by a peer that takes its time: they are open still.</summary>
public sealed class PoolReleaseTests : IDisposable
{
    private static readonly DicomAssociationRequest Verification = TestAssociation.Request(DicomUids.Verification);

    private readonly FakeTimeProvider _time = new();
    private readonly DicomNet _listener = TestScp.AcceptingAll();
    private readonly ConcurrentQueue<DicomNet> _releasing = new();
    private bool _answersAtOnce;

    public PoolReleaseTests() => _listener.ReleaseRequestReceived += (_, e) =>
    {
        if (!Volatile.Read(ref _answersAtOnce))
        {
            e.Handled = true;
            _releasing.Enqueue(e.Net);
        }
    };

    public void Dispose() => _listener.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task RentAsync_IdleOnesAreBeingReleased_WaitsForThem(int maximum)
    {
        await using var pool = Pool(maximum);
        await BeginReleasesAsync(pool, maximum);

        var renting = Enumerable.Range(0, maximum).Select(_ => RentInVainAsync(pool)).ToArray();

        var waiting = renting.Count(one => !one.IsCompleted);
        AnswerReleases();
        Assert.Equal(maximum, waiting);
        foreach (var one in renting)
        {
            await Assert.ThrowsAsync<DicomException>(() => one.WithTimeout());
        }

        await UseAsync(pool, maximum);
    }

    [Fact]
    public async Task RentAsync_CancelledWhileOneIsBeingReleased_LeavesThatToTheNext()
    {
        await using var pool = Pool(maximum: 1);
        await BeginReleasesAsync(pool, 1);
        using var cancelling = new CancellationTokenSource();
        var cancelled = RentInVainAsync(pool, cancelling.Token);

        await cancelling.CancelAsync();

        await Task.WhenAny(cancelled).WithTimeout();
        var next = RentInVainAsync(pool);
        var waits = !next.IsCompleted;
        AnswerReleases();
        Assert.True(cancelled.IsCanceled);
        Assert.True(waits);
        await Assert.ThrowsAsync<DicomException>(() => next.WithTimeout());
        await UseAsync(pool, 1);
    }

    private DicomAssociationPool Pool(int maximum) => new(new()
    {
        MaximumAssociations = maximum,
        IdleTimeout = TimeSpan.FromSeconds(60),
        Association = new() { Network = new() { TimeProvider = _time } },
    });

    /// <summary>Asks for one that cannot be opened: the attempt fails at once, so that it can be seen when there is one.</summary>
    private static Task<DicomPooledAssociation> RentInVainAsync(DicomAssociationPool pool, CancellationToken? cancelled = null) =>
        pool.RentAsync("127.0.0.1", 0, Verification, cancelled ?? TestContext.Current.CancellationToken);

    private async Task UseAsync(DicomAssociationPool pool, int count)
    {
        var renting = Enumerable.Range(0, count).Select(
            _ => pool.RentAsync("127.0.0.1", _listener.HostPort, Verification, TestContext.Current.CancellationToken));
        foreach (var lent in await Task.WhenAll(renting).WithTimeout())
        {
            await lent.DisposeAsync();
        }
    }

    private async Task BeginReleasesAsync(DicomAssociationPool pool, int count)
    {
        await UseAsync(pool, count);
        _time.Advance(TimeSpan.FromSeconds(61));
        await Eventually.True(() => _releasing.Count == count);
    }

    private void AnswerReleases()
    {
        Volatile.Write(ref _answersAtOnce, true);
        while (_releasing.TryDequeue(out var client))
        {
            client.SendReleaseResponse().ThrowIfFailed();
        }
    }
}
