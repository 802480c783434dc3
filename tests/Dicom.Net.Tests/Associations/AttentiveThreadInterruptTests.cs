using Dicom.Net.Associations;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.Associations;

/// <summary>Unhandled, an interrupt would end the process, and all tests with it.</summary>
public sealed class AttentiveThreadInterruptTests
{
    [Fact]
    public async Task Work_LeavesAnInterruptBehind_ThreadServesTheNext()
    {
        var threads = new AttentiveThreads(1);
        for (var i = 0; i < 20; i++)
        {
            var interrupted = new Work(() => Thread.CurrentThread.Interrupt());
            threads.Run(interrupted);
            await interrupted.Done.WithTimeout();
        }

        var last = new Work(() => { });
        threads.Run(last);
        await last.Done.WithTimeout();
    }

    /// <summary>Done on an attentive thread: what finds none free is the pool's, and nothing is to be left behind there.</summary>
    private sealed class Work(Action act) : IThreadPoolWorkItem
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Done => _done.Task;

        public void Execute()
        {
            if (AttentiveThread.Current is not null)
            {
                act();
            }

            _done.SetResult();
        }
    }
}
