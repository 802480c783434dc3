namespace Dicom.Net.Interop.Tests.Support;

/// <summary>Every await of a test has an end: <c>await something.WithTimeout()</c>.</summary>
internal static class Timeouts
{
    /// <summary>Long enough for two processes to start on a busy machine, short enough for a person who waits. Arbitrary.</summary>
    public static readonly TimeSpan Default = TimeSpan.FromSeconds(120);

    /// <summary>Long enough for a program to be compiled to native code on two processors that others keep busy, too. Arbitrary.</summary>
    public static readonly TimeSpan OfABuild = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Long enough for a soak program that loads a server for a minute at most and then waits until its time limits have passed, on a machine
    /// that is slow besides: three minutes were seen where one had been expected. Arbitrary.
    /// </summary>
    public static readonly TimeSpan OfASoak = TimeSpan.FromMinutes(10);

    // Arbitrary: a poll costs nothing, and a test that has to wait should not wait much longer than needed.
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(5);

    public static Task WithTimeout(this Task task) => task.WaitAsync(Default);

    public static Task<T> WithTimeout<T>(this Task<T> task) => task.WaitAsync(Default);

    /// <summary>Does something again and again until a condition holds.</summary>
    public static async Task UntilAsync(Func<Task<bool>> act, string what)
    {
        using var late = new CancellationTokenSource(Default);
        while (!await act())
        {
            Assert.False(late.IsCancellationRequested, $"It never came true: {what}");
        }
    }

    /// <summary>Awaits a condition that nobody announces.</summary>
    public static async Task UntilAsync(Func<bool> condition, string what)
    {
        using var late = new CancellationTokenSource(Default);
        while (!condition())
        {
            Assert.False(late.IsCancellationRequested, $"It never came true: {what}");
            await Task.Delay(PollInterval, CancellationToken.None);
        }
    }
}
