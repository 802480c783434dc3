using Dicom.Net.Tests.Support;

namespace Dicom.Net.Samples.Tests.Storage;

/// <summary>One UID, one lock, as long as somebody wants it.</summary>
public sealed class InstanceLocksTests
{
    [Fact]
    public async Task Enter_ManyOtherUids_WaitForNone()
    {
        var locks = new InstanceLocks();
        using var others = new ManualResetEventSlim();
        using var entered = new ManualResetEventSlim();
        var holder = Start(() =>
        {
            using (locks.Enter("1.2"))
            {
                entered.Set();
                others.Wait(Timeouts.Default);
            }
        });
        Assert.True(entered.Wait(Timeouts.Default, TestContext.Current.CancellationToken));

        await Start(() =>
        {
            for (var number = 0; number < 1000; number++)
            {
                locks.Enter($"1.2.{number}").Dispose();
            }
        }).WithTimeout();

        Assert.False(holder.IsCompleted);
        others.Set();
        await holder.WithTimeout();
    }

    [Fact]
    public async Task Enter_SameUidByManyThreads_HasItOneAfterTheOther()
    {
        var locks = new InstanceLocks();
        var inside = 0;
        var most = 0;

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Start(() =>
        {
            for (var count = 0; count < 1000; count++)
            {
                using (locks.Enter("1.2"))
                {
                    most = Math.Max(most, Interlocked.Increment(ref inside));
                    Interlocked.Decrement(ref inside);
                }
            }
        }))).WithTimeout();

        Assert.Equal(1, most);
    }

    private static Task Start(Action action) =>
        Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
