namespace Dicom.Net;

/// <summary>
/// Serves C-STORE, and is asked when the command set of an instance has come, and none of its data set: whether it is wanted at all, and where
/// its bytes go.
/// </summary>
public interface ICStoreStartHandler : ICStoreHandler
{
    /// <summary>Says where the data set goes that is about to arrive. Meanwhile the association reads no further.</summary>
    /// <param name="request">The request, which has no data set as yet.</param>
    /// <param name="cancellationToken">
    /// Cancelled when this side ends the association. That the peer has gone is not noticed meanwhile, since nothing is read: what may take long wants
    /// a limit of its own, or <see cref="DicomHandlers.TimeLimit"/>.
    /// </param>
    /// <returns>
    /// A stream, to which the bytes are written as they come, in the presentation context's transfer syntax, and which the library closes; then
    /// <see cref="ICStoreHandler.StoreAsync"/> finds it in <see cref="DicomCStoreRequest.Destination"/>. Null: they are kept as usual.
    /// </returns>
    /// <exception cref="DicomRefusalException">
    /// Thrown to refuse the instance, by this method or later by the stream's Write, where too many bytes have come: what still arrives of it is
    /// dropped, and then it is answered with the exception's status. StoreAsync is not called.
    /// </exception>
    ValueTask<Stream?> StartAsync(DicomCStoreRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Told that an instance will not come to <see cref="ICStoreHandler.StoreAsync"/> which <see cref="StartAsync"/> has not refused: the association
    /// has ended in its midst, or what came of it could not be kept, and was answered so. What is half written may be thrown away.
    /// </summary>
    /// <param name="request">The request. <see cref="DicomCStoreRequest.Destination"/> is closed by now.</param>
    /// <returns>When that is done. What it throws is logged, and changes nothing.</returns>
    ValueTask AbandonedAsync(DicomCStoreRequest request) => default;
}
