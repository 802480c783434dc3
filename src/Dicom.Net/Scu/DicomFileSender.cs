using System.Runtime.CompilerServices;

namespace Dicom.Net;

/// <summary>
/// Sends files to a peer, however many: presentation contexts are gathered from the files, each goes in its own transfer syntax, and where
/// they need more than one association has, several are opened, one after the other. No file is ever in memory as a whole, and none stops
/// the others.
/// </summary>
public sealed class DicomFileSender
{
    /// <summary>So many associations in a row may end before anything was stored on them (arbitrary): then the peer does not want any.</summary>
    private const int MostFruitless = 3;

    /// <summary>So many files are open at once, whatever window the peer grants (arbitrary).</summary>
    private const int MostUnderWay = 32;

    private readonly string _host;
    private readonly int _port;
    private readonly DicomAssociationRequest _request;
    private readonly DicomAssociationOptions _options;

    /// <summary>Makes a sender. It has no state between two calls of <see cref="SendAsync"/>, and any thread may call that.</summary>
    /// <param name="host">The peer's address or name.</param>
    /// <param name="port">The peer's port, 1 to 65535.</param>
    /// <param name="request">
    /// AE titles, identity, and whatever else is to be proposed besides the presentation contexts of the files. With a window of asynchronous
    /// operations several files are under way at once. Where it leaves room for one context only, files go in their own transfer syntax or not
    /// at all; where it leaves none, on a context that it has itself.
    /// </param>
    /// <param name="options">Time limits, TLS and so on; null for the defaults.</param>
    public DicomFileSender(string host, int port, DicomAssociationRequest request, DicomAssociationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        _host = host;
        _port = port;
        _request = request;
        _options = (options ?? new()) with { ThrowsOnFailure = false };
    }

    /// <summary>Told how far the file, or each of the files, under way is; on the threads that send. Null, the default: nobody is.</summary>
    public IProgress<DicomFileProgress>? Progress { get; init; }

    /// <summary>Sends files.</summary>
    /// <param name="paths">The files. All are looked into before the first is sent.</param>
    /// <param name="cancellationToken">Aborts the association, and ends the enumeration.</param>
    /// <returns>
    /// For each file what became of it, when that is known; in an order of their own. The sending goes on as this is enumerated, and ends
    /// where that does. Where an association ends in the midst, the files under way have failed, and the next ones go on another one.
    /// </returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async IAsyncEnumerable<DicomSentFile> SendAsync(
        IEnumerable<string> paths, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var files = new Dictionary<StorageKind, List<string>>();
        foreach (var path in paths)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryAdd(files, path) is { } failure)
            {
                yield return failure;
            }
        }

        foreach (var batch in StorageBatch.Of(_request, files))
        {
            await foreach (var sent in SendBatchAsync(batch, cancellationToken).ConfigureAwait(false))
            {
                yield return sent;
            }
        }
    }

    /// <returns>What became of a file that cannot be sent; null for one that can.</returns>
    private static DicomSentFile? TryAdd(Dictionary<StorageKind, List<string>> files, string path)
    {
        try
        {
            var kind = StorageKind.Of(path);
            if (!files.TryGetValue(kind, out var same))
            {
                files.Add(kind, same = []);
            }

            same.Add(path);
            return null;
        }
        catch (Exception error) when (IsOfFile(error))
        {
            return new(path, Response: null, error);
        }
    }

    // A path that is none throws an ArgumentException, or on some systems a NotSupportedException; null is a fault of the caller's.
    private static bool IsOfFile(Exception error) =>
        error is IOException or UnauthorizedAccessException or NotSupportedException or (ArgumentException and not ArgumentNullException);

    private async IAsyncEnumerable<DicomSentFile> SendBatchAsync(
        StorageBatch batch, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var fruitless = 0; batch.Paths.Count > 0;)
        {
            var (association, failure) = await TryOpenAsync(batch.Request, cancellationToken).ConfigureAwait(false);
            if (association is not null)
            {
                await using var released = association.ConfigureAwait(false);
                fruitless++;
                await foreach (var sent in StoreAsync(association, batch.Paths, cancellationToken).ConfigureAwait(false))
                {
                    fruitless = sent.Response is not null ? 0 : fruitless;
                    failure = sent.Error ?? failure;
                    yield return sent;
                }
            }

            while ((association is null || fruitless == MostFruitless) && batch.Paths.TryDequeue(out var path))
            {
                yield return new(path, Response: null, failure);
            }
        }
    }

    private async Task<(DicomAssociation? Association, Exception? Failure)> TryOpenAsync(
        DicomAssociationRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return (await DicomAssociation.OpenAsync(_host, _port, request, _options, cancellationToken).ConfigureAwait(false), null);
        }
        catch (DicomException error)
        {
            return (null, error);
        }
    }

    /// <summary>Stores until there are no more files, or the association has ended. One at least is tried: it says why.</summary>
    private async IAsyncEnumerable<DicomSentFile> StoreAsync(
        DicomAssociation association, Queue<string> paths, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var window = association.Accepted.InvokedOperationsCount is > 0 and < MostUnderWay and var granted ? granted : MostUnderWay;
        var underWay = new Queue<Task<DicomSentFile>>();
        do
        {
            for (; underWay.Count < window && paths.TryDequeue(out var path);)
            {
                underWay.Enqueue(StoreAsync(association, path, cancellationToken));
            }

            while (underWay.TryDequeue(out var sent))
            {
                yield return await sent.ConfigureAwait(false);
                if (association.IsOpen)
                {
                    break;
                }
            }
        }
        while (underWay.Count > 0 || (association.IsOpen && paths.Count > 0));
    }

    private async Task<DicomSentFile> StoreAsync(DicomAssociation association, string path, CancellationToken cancellationToken)
    {
        try
        {
            var progress = Progress is null ? null : new ProgressOfFile(Progress, path);
            return new(path, await association.StoreAsync(path, progress, cancellationToken).ConfigureAwait(false), Error: null);
        }
        catch (Exception error) when (error is DicomException || IsOfFile(error))
        {
            return new(path, Response: null, error);
        }
    }

    /// <summary>Not <see cref="Progress{T}"/>, which would tell later, on another thread.</summary>
    private sealed class ProgressOfFile(IProgress<DicomFileProgress> told, string path) : IProgress<long>
    {
        public void Report(long value) => told.Report(new(path, value));
    }
}
