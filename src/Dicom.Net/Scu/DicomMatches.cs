namespace Dicom.Net;

/// <summary>The matches of a C-FIND, as they come. To be enumerated once.</summary>
/// <remarks>
/// Each match is the caller's, and may be kept. One too large for memory (<see cref="DicomNetOptions.MemoryThreshold"/>), as no identifier
/// should be, is in a file until it is disposed of.
/// </remarks>
public sealed class DicomMatches : IAsyncEnumerable<DicomDataSet>
{
    private readonly RequestorNet _net;
    private readonly FindOperation _operation;
    private readonly Func<DicomResponse, DicomResponse> _check;
    private readonly CancellationToken _cancelled;
    private bool _isBegun;

    internal DicomMatches(
        RequestorNet net, FindOperation operation, Func<DicomResponse, DicomResponse> check, CancellationToken cancelled)
    {
        _net = net;
        _operation = operation;
        _check = check;
        _cancelled = cancelled;
    }

    /// <summary>
    /// The final response; null before it has come. After an enumeration that was left early it is the answer to the C-CANCEL: as a rule
    /// <see cref="DicomCommandStatusType.Cancel"/>, or success, where the peer had told all by then.
    /// </summary>
    public DicomResponse? Response => _operation.Final is { IsCompletedSuccessfully: true } final ? final.Result : null;

    /// <summary>Whether the peer said of any match so far that it does not look at all the keys: FF01H (PS3.4 Table C.4-1).</summary>
    public bool HasUnsupportedKeys => _operation.HasUnsupportedKeys;

    /// <summary>Sends the request and enumerates.</summary>
    /// <param name="cancellationToken">Sends a C-CANCEL.</param>
    /// <returns>The matches.</returns>
    /// <exception cref="InvalidOperationException">It was enumerated before: a new FindAsync asks again.</exception>
    /// <remarks>
    /// The enumeration throws a <see cref="DicomException"/> where the association ends or the peer answers with a failure, after the matches
    /// that came before; and an <see cref="OperationCanceledException"/> where it was cancelled, when the peer has stopped.
    /// </remarks>
    public IAsyncEnumerator<DicomDataSet> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        Interlocked.Exchange(ref _isBegun, true)
            ? throw new InvalidOperationException("The matches can be enumerated once: call FindAsync to ask again.")
            : EnumerateAsync(cancellationToken);

    private async IAsyncEnumerator<DicomDataSet> EnumerateAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_cancelled, cancellationToken);
        await _net.BeginAsync(_operation, either.Token).ConfigureAwait(false);
        try
        {
            while (await _operation.NextAsync(either.Token).ConfigureAwait(false) is { } match)
            {
                yield return match;
            }
        }
        finally
        {
            await _net.StopAsync(_operation).ConfigureAwait(false);
        }

        _check(await _operation.Final.ConfigureAwait(false));
    }
}
