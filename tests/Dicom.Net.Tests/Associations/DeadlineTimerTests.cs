using Dicom.Net.Associations;
using Dicom.Net.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Dicom.Net.Tests.Associations;

public sealed class DeadlineTimerTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new();
    private readonly DeadlineTimer _timer;
    private int _expired;

    public DeadlineTimerTests() => _timer = new(_time, new(new InlineConnection()), _ => _expired++);

    public void Dispose() => _timer.Dispose();

    [Fact]
    public void Start_LimitPasses_ExpiresOnce()
    {
        _timer.Start(Deadline.Receive, 10 * Second);
        _time.Advance(9.9 * Second);
        Assert.Equal(0, _expired);
        _time.Advance(0.1 * Second);
        Assert.Equal(1, _expired);
        _time.Advance(100 * Second);
        Assert.Equal(1, _expired);
    }

    [Fact]
    public void Start_Again_CountsFromTheLastStart()
    {
        for (var i = 0; i < 5; i++)
        {
            _timer.Start(Deadline.Receive, 10 * Second);
            _time.Advance(9 * Second);
        }

        Assert.Equal(0, _expired);
        _time.Advance(Second);
        Assert.Equal(1, _expired);
    }

    [Fact]
    public void Start_ShorterThanTheOneThatRuns_ExpiresEarlier()
    {
        _timer.Start(Deadline.Receive, 60 * Second);
        _timer.Start(Deadline.Receive, 2 * Second);
        _time.Advance(2 * Second);
        Assert.Equal(1, _expired);
    }

    [Fact]
    public void Stop_LimitPasses_NeverExpires()
    {
        _timer.Start(Deadline.Receive, Second);
        _timer.Stop(Deadline.Receive);
        _time.Advance(10 * Second);
        Assert.Equal(0, _expired);
    }

    [Fact]
    public void Start_AfterStop_ExpiresAtTheNewLimitOnly()
    {
        _timer.Start(Deadline.Receive, 5 * Second);
        _timer.Stop(Deadline.Receive);
        _time.Advance(3 * Second);
        _timer.Start(Deadline.Receive, 5 * Second);
        _time.Advance(4 * Second);
        Assert.Equal(0, _expired);
        _time.Advance(Second);
        Assert.Equal(1, _expired);
    }

    [Fact]
    public void Start_AfterExpiry_RunsAgain()
    {
        _timer.Start(Deadline.Receive, Second);
        _time.Advance(Second);
        _timer.Start(Deadline.Receive, Second);
        _time.Advance(Second);
        Assert.Equal(2, _expired);
    }

    [Fact]
    public void Start_InsideTheCallback_RunsAgain()
    {
        DeadlineTimer? timer = null;
        var expired = 0;
        timer = new(_time, new(new InlineConnection()), _ =>
        {
            expired++;
            timer!.Start(Deadline.Receive, Second);
        });
        timer.Start(Deadline.Receive, Second);
        _time.Advance(Second);
        _time.Advance(Second);
        timer.Dispose();
        _time.Advance(Second);
        Assert.Equal(2, expired);
    }

    [Fact]
    public void Start_Infinite_LiftsTheLimit()
    {
        _timer.Start(Deadline.Receive, Second);
        _timer.Start(Deadline.Receive, Timeout.InfiniteTimeSpan);
        _time.Advance(TimeSpan.FromDays(30));
        Assert.Equal(0, _expired);
    }

    [Fact]
    public void Dispose_RunningOrStartedAfterwards_NeverExpires()
    {
        _timer.Start(Deadline.Receive, Second);
        _timer.Dispose();
        _timer.Dispose();
        _timer.Start(Deadline.Receive, Second);
        _time.Advance(10 * Second);
        Assert.Equal(0, _expired);
    }

    [Fact]
    public void Start_SeveralDeadlines_EachExpiresAtItsOwnTime()
    {
        List<Deadline> expired = [];
        using var timer = new DeadlineTimer(_time, new(new InlineConnection()), expired.Add);
        timer.Start(Deadline.Send, 30 * Second);
        timer.Start(Deadline.Artim, 10 * Second);
        timer.Start(Deadline.Receive, 20 * Second);
        timer.Start(Deadline.Artim, 25 * Second);

        _time.Advance(19 * Second);
        Assert.Empty(expired);
        _time.Advance(Second);
        Assert.Equal([Deadline.Receive], expired);
        _time.Advance(5 * Second);
        Assert.Equal([Deadline.Receive, Deadline.Artim], expired);
        _time.Advance(100 * Second);
        Assert.Equal([Deadline.Receive, Deadline.Artim, Deadline.Send], expired);
    }

    [Fact]
    public void Start_SeveralDeadlinesForOneMoment_ExpireEach()
    {
        List<Deadline> expired = [];
        using var timer = new DeadlineTimer(_time, new(new InlineConnection()), expired.Add);
        timer.Start(Deadline.Send, Second);
        timer.Start(Deadline.Artim, Second);
        _time.Advance(Second);
        Assert.Equal([Deadline.Artim, Deadline.Send], expired);
    }

    [Fact]
    public void Stop_OneOfSeveral_LeavesTheOthers()
    {
        List<Deadline> expired = [];
        using var timer = new DeadlineTimer(_time, new(new InlineConnection()), expired.Add);
        timer.Start(Deadline.Artim, Second);
        timer.Start(Deadline.Send, 2 * Second);
        timer.Stop(Deadline.Artim);
        _time.Advance(2 * Second);
        Assert.Equal([Deadline.Send], expired);
    }
}
