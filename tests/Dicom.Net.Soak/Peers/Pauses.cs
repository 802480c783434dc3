namespace Dicom.Net.Soak.Peers;

/// <summary>Time that passes between two deeds.</summary>
internal static class Pauses
{
    /// <summary>Waits; not longer than until the end, which is no exception.</summary>
    public static Task WaitAsync(TimeSpan pause, CancellationToken end) =>
        Task.Delay(pause, end).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
}
