using Dicom.Net.DataSets;
using Dicom.Net.Diagnostics;

namespace Dicom.Net;

/// <content>C-STORE (PS3.7 §9.1.1).</content>
public sealed partial class DicomAssociation
{
    /// <summary>Sends the instance in a DICOM file. It is read while it is sent, and never in memory as a whole.</summary>
    /// <param name="path">The file.</param>
    /// <param name="progress">Told how many bytes of the data set have been handed over; on the thread that sends.</param>
    /// <param name="cancellationToken">Takes the request back; aborts the association, if it has gone out.</param>
    /// <returns>The response: a success, or a warning, after which the instance is stored, too.</returns>
    /// <exception cref="DicomException">There was none, or it says failure, or no presentation context fits.</exception>
    /// <exception cref="IOException">The file cannot be read, is no DICOM file, or holds no instance.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public async Task<DicomResponse> StoreAsync(string path, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        using var dataSet = DicomDataSet.Load(path);
        return await StoreAsync(dataSet, progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends an instance from a stream, which is read while it is sent.</summary>
    /// <param name="stream">
    /// A stream that can seek; what is sent begins at its position. It stays the caller's, is not touched when this has returned, and has no
    /// position of any meaning then.
    /// </param>
    /// <param name="transferSyntax">The transfer syntax of a data set; null where the stream has a DICOM file, which says it.</param>
    /// <param name="progress">Told how many bytes of the data set have been handed over; on the thread that sends.</param>
    /// <param name="cancellationToken">Takes the request back; aborts the association, if it has gone out.</param>
    /// <returns>The response: a success, or a warning, after which the instance is stored, too.</returns>
    /// <exception cref="DicomException">There was none, or it says failure, or no presentation context fits.</exception>
    /// <exception cref="IOException">The stream cannot be read, or holds no instance.</exception>
    /// <exception cref="ArgumentException">The stream cannot seek.</exception>
    public async Task<DicomResponse> StoreAsync(
        Stream stream, string? transferSyntax = null, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var sent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var source = new StreamEncodedDataSet(stream, transferSyntax ?? DicomUids.ExplicitVRLittleEndian)
        {
            WhenReleased = () => sent.TrySetResult(),
        };
        try
        {
            var dataSet = DicomDataSet.Over(source, transferSyntax);
            try
            {
                return await StoreAsync(dataSet, progress, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                dataSet.Dispose();
                await OrEndAsync(sent.Task, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            // What was cancelled may still be on its way out.
            source.LetGo();
        }
    }

    /// <summary>Sends an instance.</summary>
    /// <param name="dataSet">The instance; not to be changed or disposed of before this returns.</param>
    /// <param name="progress">Told how many bytes of the data set have been handed over; on the thread that sends.</param>
    /// <param name="cancellationToken">Takes the request back; aborts the association, if it has gone out.</param>
    /// <returns>The response: a success, or a warning, after which the instance is stored, too.</returns>
    /// <exception cref="DicomException">There was none, or it says failure, or no presentation context fits.</exception>
    /// <exception cref="DataSetException">The data set is malformed, or holds no instance.</exception>
    public Task<DicomResponse> StoreAsync(DicomDataSet dataSet, IProgress<long>? progress = null, CancellationToken cancellationToken = default) =>
        StoreAsync(dataSet, originator: null, progress, cancellationToken);

    /// <summary>As the other overload, for a C-MOVE that somebody has asked this side for.</summary>
    /// <param name="dataSet">The instance; not to be changed or disposed of before this returns.</param>
    /// <param name="originator">The C-MOVE; null where there is none.</param>
    /// <param name="progress">Told how many bytes of the data set have been handed over; on the thread that sends.</param>
    /// <param name="cancellationToken">Takes the request back; aborts the association, if it has gone out.</param>
    /// <returns>The response: a success, or a warning, after which the instance is stored, too.</returns>
    /// <exception cref="DicomException">There was none, or it says failure, or no presentation context fits.</exception>
    /// <exception cref="DataSetException">The data set is malformed, or holds no instance.</exception>
    public async Task<DicomResponse> StoreAsync(
        DicomDataSet dataSet, DicomMoveOriginator? originator, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataSet);
        var sopClass = RequireUid(dataSet, DicomTag.SOPClassUID);
        var instance = RequireUid(dataSet, DicomTag.SOPInstanceUID);
        var context = ContextChoice.Of(Accepted, new(sopClass, dataSet.TransferSyntax), MayStore);
        return await StoreAsync(context, sopClass, instance, dataSet, originator, progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A peer may answer, that it has no room say, before it has read all: the rest still has to go out, or the association is lost.</summary>
    private async Task OrEndAsync(Task sent, CancellationToken cancellationToken)
    {
        if (IsOpen)
        {
            Task ended = Task.WhenAny(sent, Closed).WaitAsync(cancellationToken);
            await ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The presentation context for instances of a kind; 0 where there is none.</summary>
    internal byte FindContext(StorageKind kind) => ContextChoice.Find(Accepted, kind, MayStore);

    /// <summary>Sends an instance of which all is known already.</summary>
    internal async Task<DicomResponse> StoreAsync(
        byte context, string sopClass, string instance, DicomDataSet dataSet, DicomMoveOriginator? originator, IProgress<long>? progress,
        CancellationToken cancellationToken)
    {
        using var watched = progress is null ? null : Watched(dataSet, context, progress);
        var operation = new PendingOperation(context, id => _net.SendCStoreRequest(
            context, id, sopClass, instance, _options.Priority, originator?.Title, originator?.MessageID ?? 0, watched ?? dataSet));
        return await InvokeAsync<DicomResponse>("C-STORE", operation, cancellationToken).ConfigureAwait(false);
    }

    private bool MayStore(byte context) =>
        _options.Network.AllowsUnagreedRoles || Accepted.GetUserRole(context) != DicomRoleSupport.Unsupported;

    /// <returns>
    /// Null for one that cannot be encoded. It is sent as it is, in vain: so what becomes of it is the same whether somebody watches or not.
    /// </returns>
    private DicomDataSet? Watched(DicomDataSet dataSet, byte context, IProgress<long> progress)
    {
        try
        {
            var encoded = dataSet.Encode(Accepted.GetTransfer(context, 0));
            return new(new WatchedDataSet(encoded, sent => Report(progress, sent)), meta: null);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or DataSetException)
        {
            return null;
        }
    }

    /// <summary>On the thread that sends: what the application throws is not the sending's fault.</summary>
    private void Report(IProgress<long> progress, long sent)
    {
        try
        {
            progress.Report(sent);
        }
        catch (Exception error)
        {
            FacadeLog.CallbackFailed(_options.Network.Log, error, "the progress of a C-STORE");
        }
    }

    private static string RequireUid(DicomDataSet dataSet, DicomTag tag) =>
        dataSet.TryGetString(tag, out var uid) && uid.Length > 0
            ? uid
            : throw new DataSetException($"The data set is no instance: it has no {DicomDictionary.Describe(tag)}.");
}
