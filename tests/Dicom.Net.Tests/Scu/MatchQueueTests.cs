using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.Scu;

/// <summary>Matches on their way to who enumerates them.</summary>
public sealed class MatchQueueTests
{
    private readonly MatchQueue _queue = new(bound: 2);

    [Fact]
    public async Task RoomAsync_AtTheBound_WaitsUntilOneIsTaken()
    {
        _queue.Add(TestAssociation.Saying("1"));
        Assert.True(_queue.RoomAsync().IsCompleted);
        _queue.Add(TestAssociation.Saying("2"));
        var room = _queue.RoomAsync();
        Assert.False(room.IsCompleted);

        using var first = await _queue.NextAsync(TestContext.Current.CancellationToken);

        await room.WithTimeout();
        Assert.True(_queue.RoomAsync().IsCompleted);
    }

    [Fact]
    public async Task LetGo_WhileItPauses_EndsThePauseAndLosesNothing()
    {
        _queue.Add(TestAssociation.Saying("1"));
        _queue.Add(TestAssociation.Saying("2"));
        var room = _queue.RoomAsync();

        _queue.LetGo();
        await room.WithTimeout();
        _queue.Add(TestAssociation.Saying("3"));
        _queue.End();

        Assert.True(_queue.RoomAsync().IsCompleted);
        var taken = 0;
        while (await _queue.NextAsync(TestContext.Current.CancellationToken) is { } match)
        {
            match.Dispose();
            taken++;
        }

        Assert.Equal(3, taken);
    }

    [Fact]
    public async Task GiveUp_MatchesWait_DropsThemAndThoseThatCome()
    {
        var waiting = TestAssociation.Saying("1");
        var late = TestAssociation.Saying("2");
        _queue.Add(waiting);

        _queue.GiveUp();
        _queue.Add(late);
        _queue.End();

        Assert.Null(await _queue.NextAsync(TestContext.Current.CancellationToken));
        Assert.Throws<ObjectDisposedException>(() => waiting.Copy());
        Assert.Throws<ObjectDisposedException>(() => late.Copy());
    }

    [Fact]
    public async Task NextAsync_EndedByAnError_ThrowsItAfterTheMatches()
    {
        _queue.Add(TestAssociation.Saying("1"));
        _queue.End(new DicomException("gone"));

        using var first = await _queue.NextAsync(TestContext.Current.CancellationToken);

        Assert.NotNull(first);
        Assert.Equal("gone", (await Assert.ThrowsAsync<DicomException>(
            async () => await _queue.NextAsync(TestContext.Current.CancellationToken))).Message);
    }
}
