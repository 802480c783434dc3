using System.Runtime.InteropServices;

namespace Dicom.Net.Samples;

/// <summary>Ctrl-C and SIGTERM as a wish to end in good order.</summary>
internal static class Termination
{
    /// <summary>Begins to listen for the signals; a second one, after the task has ended, ends the process at once.</summary>
    public static async Task RequestedAsync()
    {
        var requested = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Request);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Request);
        await requested.Task;

        void Request(PosixSignalContext signal)
        {
            signal.Cancel = true;
            requested.TrySetResult();
        }
    }
}
