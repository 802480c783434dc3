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
    private readonly Lock _counting = new();
    private int _open;
    private int _mostOpen;
    private bool _answersAtOnce;

    public PoolReleaseTests()
    {
        _listener.AssociateRequestReceived += (_, e) => Count(e.Association.Calling == Verification.Calling ? 1 : 0);
        _listener.ReleaseRequestReceived += (_, e) =>
        {
            e.Handled = true;
            if (Volatile.Read(ref _answersAtOnce))
            {
                AnswerRelease(e.Net);
            }
            else
            {
                _releasing.Enqueue(e.Net);
            }
        };
    }

    public void Dispose() => _listener.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task RentAsync_IdleOnesAreBeingReleased_WaitsForThem(int maximum)
    {
        await using var pool = Pool(maximum);
        await UseAsync(pool, maximum);
        _time.Advance(TimeSpan.FromSeconds(61));
        await Eventually.True(() => _releasing.Count == maximum);

        var renting = Enumerable.Range(0, maximum).Select(_ => RentAsync(pool)).ToArray();

        await LookAroundAsync();
        AnswerReleases();
        foreach (var lent in await Task.WhenAll(renting).WithTimeout())
        {
            Assert.Equal(
                DicomCommandStatusType.Success,
                (await lent.Association.EchoAsync(TestContext.Current.CancellationToken).WithTimeout()).Status);
            await lent.DisposeAsync();
        }

        Assert.Equal(maximum, _mostOpen);
    }

    [Fact]
    public async Task RentAsync_CancelledWhileOneIsBeingReleased_LeavesThatToTheNext()
    {
        await using var pool = Pool(maximum: 1);
        await UseAsync(pool, 1);
        _time.Advance(TimeSpan.FromSeconds(61));
        await Eventually.True(() => !_releasing.IsEmpty);
        using var cancelling = new CancellationTokenSource();
        var cancelled = RentAsync(pool, cancelling.Token);

        await cancelling.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.WithTimeout());
        var renting = RentAsync(pool);
        await LookAroundAsync();
        AnswerReleases();
        await (await renting.WithTimeout()).DisposeAsync();
        Assert.Equal(1, _mostOpen);
    }

    private DicomAssociationPool Pool(int maximum) => new(new()
    {
        MaximumAssociations = maximum,
        IdleTimeout = TimeSpan.FromSeconds(60),
        Association = new() { Network = new() { TimeProvider = _time } },
    });

    private Task<DicomPooledAssociation> RentAsync(DicomAssociationPool pool, CancellationToken? cancelled = null) => pool.RentAsync(
        "127.0.0.1", _listener.HostPort, Verification, cancelled ?? TestContext.Current.CancellationToken);

    private async Task UseAsync(DicomAssociationPool pool, int count)
    {
        foreach (var lent in await Task.WhenAll(Enumerable.Range(0, count).Select(_ => RentAsync(pool))).WithTimeout())
        {
            await lent.DisposeAsync();
        }
    }

    /// <summary>Whoever had connected before this would be seen by now.</summary>
    private async Task LookAroundAsync()
    {
        var request = new DicomAssociationRequest("OTHER", "SCP").With(DicomUids.Verification);
        await using var other = await TestAssociation.OpenAsync(_listener, request);
        await other.EchoAsync(TestContext.Current.CancellationToken).WithTimeout();
        other.Abort();
    }

    private void AnswerReleases()
    {
        Volatile.Write(ref _answersAtOnce, true);
        while (_releasing.TryDequeue(out var client))
        {
            AnswerRelease(client);
        }
    }

    private void AnswerRelease(DicomNet client)
    {
        Count(-1);
        client.SendReleaseResponse().ThrowIfFailed();
    }

    private void Count(int more)
    {
        lock (_counting)
        {
            _open += more;
            _mostOpen = Math.Max(_mostOpen, _open);
        }
    }
}
