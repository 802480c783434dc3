using Dicom.Net.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Dicom.Net.Tests.Scu;

/// <summary>Associations that are used again, and let go when nobody does.</summary>
public sealed class DicomAssociationPoolTests : IDisposable
{
    private static readonly DicomAssociationRequest Verification = TestAssociation.Request(DicomUids.Verification);

    private readonly FakeTimeProvider _time = new();
    private readonly DicomNet _listener = TestScp.AcceptingAll();
    private int _associations;
    private int _releases;

    public DicomAssociationPoolTests()
    {
        _listener.AssociateRequestReceived += (_, _) => Interlocked.Increment(ref _associations);
        _listener.ReleaseRequestReceived += (_, _) => Interlocked.Increment(ref _releases);
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task RentAsync_GivenBack_IsLentAgain()
    {
        await using var pool = Pool();

        await EchoAsync(pool, Verification);
        await EchoAsync(pool, TestAssociation.Request(DicomUids.Verification));

        Assert.Equal(1, _associations);
    }

    [Fact]
    public async Task RentAsync_AnotherProposal_IsAnotherAssociation()
    {
        await using var pool = Pool();

        await EchoAsync(pool, Verification);
        await EchoAsync(pool, Verification.WithIdentity(DicomUserIdentity.FromUsername("somebody")));

        Assert.Equal(2, _associations);
        Assert.Equal(2, pool.IdleCount);
    }

    [Fact]
    public async Task RentAsync_AllInUse_WaitsForOne()
    {
        await using var pool = Pool(maximum: 1);
        var first = await RentAsync(pool, Verification);
        var second = RentAsync(pool, Verification);
        Assert.False(second.IsCompleted);

        await first.DisposeAsync();

        await using var lent = await second;
        Assert.True(lent.Association.IsOpen);
        await Eventually.True(() => Volatile.Read(ref _associations) > 0); // Counted when it has been accepted already.
        Assert.Equal(1, _associations);
    }

    [Fact]
    public async Task RentAsync_FullOfIdleOnesOfOthers_ReleasesTheOldest()
    {
        await using var pool = Pool(maximum: 1);
        await EchoAsync(pool, Verification);

        await EchoAsync(pool, Verification.WithAsynchronousOperations(2));

        await Eventually.True(() => _releases == 1);
        Assert.Equal((2, 1), (_associations, pool.IdleCount));
    }

    [Fact]
    public async Task RentAsync_ManyAtOnce_NeverMoreThanTheMaximum()
    {
        await using var pool = Pool(maximum: 3);

        await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => EchoAsync(pool, Verification)));

        Assert.InRange(_associations, 1, 3);
    }

    [Fact]
    public async Task IdleTimeout_Expired_ReleasesIt()
    {
        await using var pool = Pool();
        await EchoAsync(pool, Verification);

        _time.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal(0, pool.IdleCount);
        await Eventually.True(() => _releases == 1);
    }

    [Fact]
    public async Task IdleTimeout_InUse_DoesNotCount()
    {
        await using var pool = Pool();
        await EchoAsync(pool, Verification);
        await using var lent = await RentAsync(pool, Verification);

        _time.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal(
            DicomCommandStatusType.Success,
            (await lent.Association.EchoAsync(TestContext.Current.CancellationToken).WithTimeout()).Status);
    }

    [Fact]
    public async Task PeerEndsAnIdleOne_IsForgotten()
    {
        await using var pool = Pool();
        await EchoAsync(pool, Verification);

        _listener.GetClient(0)!.SendReleaseRequest().ThrowIfFailed();

        await Eventually.True(() => pool.IdleCount == 0);
        await EchoAsync(pool, Verification);
        Assert.Equal(2, _associations);
    }

    [Fact]
    public async Task DisposeAsync_GivenBackAborted_IsDropped()
    {
        await using var pool = Pool();
        var lent = await RentAsync(pool, Verification);
        lent.Association.Abort();

        await lent.DisposeAsync();
        await lent.DisposeAsync();

        Assert.Equal(0, pool.IdleCount);
        await EchoAsync(pool, Verification);
        Assert.Throws<ObjectDisposedException>(() => lent.Association);
    }

    [Fact]
    public async Task RentAsync_PeerRejects_GivesItsPlaceBack()
    {
        using var closed = TestScp.Listening(new DicomNet(null, DicomNetSecurityMode.None));
        await using var pool = Pool(maximum: 1);

        for (var attempt = 0; attempt < 3; attempt++)
        {
            await Assert.ThrowsAsync<DicomAssociateRejectException>(
                () => pool.RentAsync("127.0.0.1", closed.HostPort, Verification, TestContext.Current.CancellationToken).WithTimeout());
        }

        await EchoAsync(pool, Verification);
    }

    [Fact]
    public async Task DisposeAsync_OfThePool_ReleasesAllAndLendsNoMore()
    {
        var pool = Pool();
        await EchoAsync(pool, Verification);

        await pool.DisposeAsync().WithTimeout();
        await pool.DisposeAsync().WithTimeout();

        Assert.Equal(1, _releases);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => RentAsync(pool, Verification));
    }

    [Fact]
    public async Task DisposeAsync_OfThePoolWhileOneIsLent_AwaitsIt()
    {
        var pool = Pool();
        var lent = await RentAsync(pool, Verification);
        var disposing = pool.DisposeAsync().AsTask();
        Assert.False(disposing.IsCompleted);

        await lent.DisposeAsync();

        await disposing.WithTimeout();
        await Eventually.True(() => _releases == 1);
    }

    [Fact]
    public async Task DisposeAsync_OfThePoolTwiceAtOnce_BothEnd()
    {
        var pool = Pool(maximum: 2);
        var lent = await RentAsync(pool, Verification);
        var disposing = pool.DisposeAsync().AsTask();
        var again = pool.DisposeAsync().AsTask();

        await lent.DisposeAsync();

        await Task.WhenAll(disposing, again).WithTimeout();
    }

    private DicomAssociationPool Pool(int maximum = 8) => new(new()
    {
        MaximumAssociations = maximum,
        IdleTimeout = TimeSpan.FromSeconds(60),
        Association = new() { Network = new() { TimeProvider = _time } },
    });

    private Task<DicomPooledAssociation> RentAsync(DicomAssociationPool pool, DicomAssociationRequest request) =>
        pool.RentAsync("127.0.0.1", _listener.HostPort, request, TestContext.Current.CancellationToken).WithTimeout();

    private async Task EchoAsync(DicomAssociationPool pool, DicomAssociationRequest request)
    {
        await using var lent = await RentAsync(pool, request);
        await lent.Association.EchoAsync(TestContext.Current.CancellationToken).WithTimeout();
    }
}
