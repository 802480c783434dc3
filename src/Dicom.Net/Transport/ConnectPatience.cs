namespace Dicom.Net.Transport;

/// <summary>
/// The time left for a connect, shared out among the attempts that are left, so that one address which swallows packets does not use
/// up the time of the others.
/// </summary>
internal sealed class ConnectPatience(TimeSpan? timeout, TimeProvider time, CancellationToken cancellationToken)
{
    private readonly long _start = time.GetTimestamp();

    /// <summary>Runs one attempt within its share of the time left: one part in <paramref name="shareOf"/>.</summary>
    /// <exception cref="TransportException"><see cref="TransportErrorKind.TimedOut"/>, with the message given.</exception>
    public async ValueTask<T> RunAsync<T>(Func<CancellationToken, ValueTask<T>> attempt, int shareOf, Func<string> messageIfLate)
    {
        if (timeout is not { } whole)
        {
            return await attempt(cancellationToken).ConfigureAwait(false);
        }

        var left = whole - time.GetElapsedTime(_start);
        if (left <= TimeSpan.Zero)
        {
            throw new TransportException(TransportErrorKind.TimedOut, messageIfLate());
        }

        using var late = new CancellationTokenSource(left / shareOf, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            return await attempt(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TransportException(TransportErrorKind.TimedOut, messageIfLate(), e);
        }
    }

    public override string ToString() => $"{timeout?.TotalSeconds} s";
}
