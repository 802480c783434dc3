using Dicom.Net.Tests.Support;
using Dicom.Net.Transport;
using Microsoft.Extensions.Time.Testing;

namespace Dicom.Net.Tests.Transport;

public sealed class HearingTimeoutTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    private readonly FakeTimeProvider _time = new();
    private readonly InlineConnection _connection = new();
    private readonly PeerHearing _hearing;
    private readonly HearingTimeout _timeout;

    public HearingTimeoutTests()
    {
        _hearing = new(_connection);
        _timeout = new(Limit, _hearing, _time);
    }

    public void Dispose() => _timeout.Dispose();

    [Fact]
    public void Limit_NothingHasCome_Cancels()
    {
        _time.Advance(Limit - TimeSpan.FromTicks(1));
        Assert.False(_timeout.Token.IsCancellationRequested);
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.True(_timeout.Token.IsCancellationRequested);
    }

    [Fact]
    public async Task Limit_BytesWait_CancelsOnlyWhenTheyWereLookedAt()
    {
        _connection.DeliverUnnoticed(new byte[10]);
        _time.Advance(Limit);
        _time.Advance(10 * PeerHearing.Grace);
        Assert.False(_timeout.Token.IsCancellationRequested);

        // Received is not yet looked at.
        await _connection.ReceiveAsync(new byte[10], CancellationToken.None).WithTimeout();
        _time.Advance(PeerHearing.Grace);
        Assert.False(_timeout.Token.IsCancellationRequested);

        _hearing.NoteWaiting();
        _connection.DeliverUnnoticed(new byte[10]);
        _time.Advance(PeerHearing.Grace);
        Assert.True(_timeout.Token.IsCancellationRequested);
    }

    [Fact]
    public void Limit_Infinite_NeverCancels()
    {
        using var timeout = new HearingTimeout(Timeout.InfiniteTimeSpan, _hearing, _time);
        _time.Advance(TimeSpan.FromDays(1));
        Assert.False(timeout.Token.IsCancellationRequested);
    }

    [Fact]
    public void Limit_ConnectionThatCannotTell_CancelsAtOnce()
    {
        var (requestor, acceptor) = InMemoryConnection.CreatePair();
        using var timeout = new HearingTimeout(Limit, new(acceptor), _time);
        _ = requestor.SendAsync(new byte[10], CancellationToken.None).AsTask();
        _time.Advance(Limit);
        Assert.True(timeout.Token.IsCancellationRequested);
    }
}
