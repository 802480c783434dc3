using System.Collections.Concurrent;
using Dicom.Net.Associations;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.Associations;

public sealed class SerialQueueTests
{
    private readonly ConcurrentQueue<int> _ran = new();

    [Fact]
    public void Enqueue_WithoutDrain_RunsNothing()
    {
        var queue = new SerialQueue<int>(Record);
        queue.Enqueue(1);
        Assert.Empty(_ran);
        Assert.Equal(1, queue.Count);
    }

    [Fact]
    public void Drain_SeveralItems_RunInOrder()
    {
        var queue = new SerialQueue<int>(Record);
        queue.Enqueue(1);
        queue.Enqueue(2);
        queue.Drain();
        queue.Enqueue(3);
        queue.Drain();
        Assert.Equal([1, 2, 3], _ran);
        Assert.Equal(0, queue.Count);
    }

    [Fact]
    public void Drain_FromInsideAnItem_ReturnsAtOnceAndTheItemIsRunLater()
    {
        SerialQueue<int>? queue = null;
        queue = new(item =>
        {
            if (item == 1)
            {
                queue!.Enqueue(2);
                queue.Drain();
            }

            _ran.Enqueue(item);
            return default;
        });
        queue.Enqueue(1);
        queue.Drain();
        Assert.Equal([1, 2], _ran);
    }

    [Fact]
    public async Task Drain_AsynchronousItem_KeepsItsTurn()
    {
        var first = new TaskCompletionSource();
        var last = new TaskCompletionSource();
        var queue = new SerialQueue<int>(async item =>
        {
            if (item == 1)
            {
                await first.Task;
            }

            _ran.Enqueue(item);
            if (item == 3)
            {
                last.SetResult();
            }
        });
        queue.Enqueue(1);
        queue.Enqueue(2);
        queue.Drain();
        queue.Enqueue(3);
        queue.Drain();
        Assert.Empty(_ran);
        first.SetResult();
        await last.Task.WithTimeout();
        Assert.Equal([1, 2, 3], _ran);
    }

    [Fact]
    public async Task Drain_FromTenThreads_RunsOneAtATimeAndEachThreadsItemsInOrder()
    {
        const int threads = 10, each = 1000;
        var running = 0;
        var overlapped = false;
        var queue = new SerialQueue<int>(item =>
        {
            overlapped |= Interlocked.Increment(ref running) != 1;
            _ran.Enqueue(item);
            Interlocked.Decrement(ref running);
            return item % 7 == 0 ? Elsewhere() : default;
        });
        await Task.WhenAll(Enumerable.Range(0, threads).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < each; i++)
            {
                queue.Enqueue(thread * each + i);
                queue.Drain();
            }
        }))).WithTimeout();
        await Eventually.True(() => _ran.Count == threads * each);

        Assert.False(overlapped);
        foreach (var ofThread in _ran.GroupBy(item => item / each))
        {
            Assert.Equal(ofThread.Order(), ofThread);
        }

        static async ValueTask Elsewhere() => await Task.Yield();
    }

    [Fact]
    public async Task DrainElsewhere_Items_DoNotRunInsideTheCall()
    {
        var caller = Environment.CurrentManagedThreadId;
        var isCalling = true;
        var ranInside = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var queue = new SerialQueue<int>(_ =>
        {
            ranInside.SetResult(Volatile.Read(ref isCalling) && Environment.CurrentManagedThreadId == caller);
            return default;
        });
        queue.Enqueue(1);
        queue.DrainElsewhere();
        Volatile.Write(ref isCalling, false);
        Assert.False(await ranInside.Task.WithTimeout());
    }

    [Fact]
    public void EnqueueLast_LaterItems_AreDropped()
    {
        var queue = new SerialQueue<int>(Record);
        queue.EnqueueLast(1);
        queue.EnqueueLast(2);
        queue.Enqueue(3);
        queue.Drain();
        Assert.Equal([1], _ran);
    }

    private ValueTask Record(int item)
    {
        _ran.Enqueue(item);
        return default;
    }
}
