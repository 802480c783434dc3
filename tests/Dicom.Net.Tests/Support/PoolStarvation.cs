namespace Dicom.Net.Tests.Support;

/// <summary>A pool of whose threads none is free, and which gets no more. For tests that run alone.</summary>
internal static class PoolStarvation
{
    /// <summary>Runs something on a thread of its own while the pool starves.</summary>
    public static Task DuringAsync(Action act) =>
        Task.Factory.StartNew(() => Run(act), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static void Run(Action act)
    {
        ThreadPool.GetMaxThreads(out var most, out var mostForIo);
        ThreadPool.GetMinThreads(out var least, out var leastForIo);
        var all = Math.Max(least, ThreadPool.ThreadCount);
        using var end = new ManualResetEventSlim();
        using var blocked = new CountdownEvent(all);
        using var over = new CountdownEvent(all);
        try
        {
            Assert.True(ThreadPool.SetMaxThreads(all, mostForIo));

            // Else it starts those that it has let go again one by one, two in a second.
            Assert.True(ThreadPool.SetMinThreads(all, leastForIo));
            for (var i = 0; i < all; i++)
            {
                ThreadPool.UnsafeQueueUserWorkItem(_ => Block(), null);
            }

            Assert.True(blocked.Wait(Timeouts.Default), $"Only {all - blocked.CurrentCount} of {all} threads are blocked.");
            act();
        }
        finally
        {
            ThreadPool.SetMinThreads(least, leastForIo);
            ThreadPool.SetMaxThreads(most, mostForIo);
            end.Set();
            over.Wait(Timeouts.Default);
        }

        void Block()
        {
            blocked.Signal();
            end.Wait();
            over.Signal();
        }
    }
}
