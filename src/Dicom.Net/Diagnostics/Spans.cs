using System.Diagnostics;

namespace Dicom.Net.Diagnostics;

/// <summary>The activity source, and how spans begin and end here: beside the thread's current one, which is the application's.</summary>
/// <remarks>
/// A span of an association or an operation lasts longer than the call that begins it, and may end on any thread: <c>Activity.Current</c>
/// of neither is touched. Only while a callback runs, its operation is the current one.
/// </remarks>
internal static class Spans
{
    private static readonly ActivitySource Source = new(DicomTelemetry.ActivitySourceName, Instruments.Version);

    public static bool HasListeners => Source.HasListeners();

    /// <param name="name">One of few.</param>
    /// <param name="kind">Client for who asks, server for who is asked.</param>
    /// <param name="parent">The span that it belongs to; default: none.</param>
    /// <param name="link">Another span that has to do with it; default: none.</param>
    /// <returns>Null: nobody wants it.</returns>
    public static Activity? Start(string name, ActivityKind kind, ActivityContext parent, ActivityContext link = default)
    {
        // Without a parent, a new activity would take the current one for it.
        var current = Activity.Current;
        Activity.Current = null;
        try
        {
            return Source.StartActivity(name, kind, parent, tags: null, link == default ? null : [new(link)]);
        }
        catch (Exception)
        {
            return null; // A listener's failure, and its own affair.
        }
        finally
        {
            Activity.Current = current;
        }
    }

    public static void Stop(Activity span)
    {
        var current = Activity.Current;
        try
        {
            span.Stop();
        }
        catch (Exception)
        {
            // As above.
        }

        Activity.Current = ReferenceEquals(current, span) ? null : current;
    }

    /// <summary>Makes a span the current one until the result is disposed of; null: nothing happens.</summary>
    public static CurrentSpan Enter(Activity? span) => new(span);

    /// <summary>While it lives, its span is the current one.</summary>
    public readonly ref struct CurrentSpan
    {
        private readonly Activity? _entered;
        private readonly Activity? _before;

        public CurrentSpan(Activity? span)
        {
            if (span is not null)
            {
                _entered = span;
                _before = Activity.Current;
                Activity.Current = span;
            }
        }

        public void Dispose()
        {
            if (_entered is not null)
            {
                Activity.Current = _before;
            }
        }
    }
}
