namespace Dicom.Net.Tests.Support;

/// <summary>Every await of a test has an end: <c>await something.WithTimeout()</c>.</summary>
internal static class Timeouts
{
    /// <summary>Long enough for a busy machine, and only a failed test takes it. Arbitrary.</summary>
    public static readonly TimeSpan Default = TimeSpan.FromSeconds(60);

    public static Task WithTimeout(this Task task, TimeSpan? timeout = null) => task.WaitAsync(timeout ?? Default);

    public static Task<T> WithTimeout<T>(this Task<T> task, TimeSpan? timeout = null) => task.WaitAsync(timeout ?? Default);

    public static Task WithTimeout(this ValueTask task, TimeSpan? timeout = null) => task.AsTask().WithTimeout(timeout);

    public static Task<T> WithTimeout<T>(this ValueTask<T> task, TimeSpan? timeout = null) => task.AsTask().WithTimeout(timeout);
}
