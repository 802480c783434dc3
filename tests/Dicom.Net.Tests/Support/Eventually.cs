using System.Runtime.CompilerServices;

namespace Dicom.Net.Tests.Support;

/// <summary>Awaits a condition that nobody announces, and fails with its text when it does not come true in time.</summary>
internal static class Eventually
{
    // Arbitrary: a poll costs nothing, and a test that has to wait should not wait much longer than needed.
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(2);

    public static async Task True(
        Func<bool> condition, TimeSpan? timeout = null, [CallerArgumentExpression(nameof(condition))] string text = "")
    {
        using var late = new CancellationTokenSource(timeout ?? Timeouts.Default);
        while (!condition())
        {
            Assert.False(late.IsCancellationRequested, $"It never came true: {text}");
            await Task.Delay(PollInterval);
        }
    }
}
