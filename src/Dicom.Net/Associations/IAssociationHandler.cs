using Dicom.Net.Pdus;

namespace Dicom.Net.Associations;

/// <summary>
/// Who a PDU layer tells what happens on one connection. <see cref="DicomNet"/> stands behind it and turns each call into its
/// <c>OnReceive…</c> methods and events.
/// </summary>
/// <remarks>
/// The calls of one connection come one at a time and in order; the next waits for the returned task. A handler answers questions
/// (an associate request, a DIMSE request, a release request) through the <see cref="IAssociationPort"/> given to <see cref="Attach"/>,
/// from inside the call or later. No call throws; a handler deals with its own exceptions.
/// </remarks>
public interface IAssociationHandler
{
    /// <summary>Whether <see cref="OnPduAsync"/> has any effect: where not, the layer spares itself the copies.</summary>
    bool WantsPdus { get; }

    /// <summary>Whether <see cref="OnSentAsync"/> has any effect.</summary>
    bool WantsSent { get; }

    /// <summary>Whether <see cref="OnDataStartingAsync"/> has any effect.</summary>
    bool WantsDataStarting { get; }

    /// <summary>
    /// Whether so many requests wait for their answer that no more should be read: the layer pauses until an answer has been sent.
    /// </summary>
    bool IsOverloaded { get; }

    /// <summary>Whether an operation of either side is under way: then the association is not idle, though nothing may be sent for long.</summary>
    bool IsBusy => false;

    /// <summary>First of all calls: hands over what carries out the handler's own wishes.</summary>
    void Attach(IAssociationPort port);

    /// <summary>The layer is ready. For a requestor: it may ask for the association now.</summary>
    ValueTask OnConnectedAsync();

    /// <summary>A PDU has arrived; told before what it means. The bytes, header included, are a copy.</summary>
    ValueTask OnPduAsync(PduType type, ReadOnlyMemory<byte> pdu);

    /// <summary>
    /// What the listener's rules and limits say to an associate request, for a layer whose code answers in the application's stead; asked instead
    /// of <see cref="OnAssociateRequestAsync"/>, and once. A rule of the application's may take its time.
    /// </summary>
    /// <returns>The rejection; null: it may be accepted, and has its place until <see cref="OnAssociationOver"/> or the end.</returns>
    ValueTask<AAssociateRj?> RefusalOfAsync(AAssociateRq request) => new((AAssociateRj?)null);

    /// <summary>The peer asks for an association (A-ASSOCIATE indication). To be answered by Accept or Reject.</summary>
    ValueTask OnAssociateRequestAsync(AAssociateRq request);

    /// <summary>The peer accepted (A-ASSOCIATE confirmation).</summary>
    ValueTask OnAssociateAcceptAsync(AAssociateAc accept);

    /// <summary>The peer rejected; the connection is being closed.</summary>
    ValueTask OnAssociateRejectAsync(AAssociateRj reject);

    /// <summary>The data set of a message begins to arrive: <paramref name="message"/> has its command set so far.</summary>
    /// <returns>A stream for the bytes of the data set as they come, closed at its end or loss; null to have them kept as usual.</returns>
    ValueTask<Stream?> OnDataStartingAsync(DimseMessage message);

    /// <summary>A whole DIMSE message; the handler owns it. A request is to be answered by Send.</summary>
    ValueTask OnMessageAsync(DimseMessage message);

    /// <summary>
    /// A C-CANCEL-RQ has arrived, and OnMessageAsync will tell it in its turn: who works on the operation in a call that is under way may want
    /// to know now. Called on the thread that receives, beside the other calls; it has to return at once.
    /// </summary>
    /// <param name="cancel">The message; not the callee's, as yet.</param>
    void OnCancelArrived(DimseMessage cancel)
    {
    }

    /// <summary>As <see cref="OnCancelArrived"/>, for the end of the connection, which OnClosedAsync will tell in its turn.</summary>
    void OnEnding()
    {
    }

    /// <summary>
    /// The association has ended, or was refused, and the connection is about to: told before the last PDU goes out, beside the other calls, on
    /// any thread; it has to return at once.
    /// </summary>
    void OnAssociationOver()
    {
    }

    /// <summary>A PDU of a type that the standard does not know has arrived; the association is being aborted.</summary>
    ValueTask OnUnknownPduAsync(byte type) => default;

    /// <summary>The peer wants to end the association (A-RELEASE indication). To be answered by RespondRelease.</summary>
    ValueTask OnReleaseRequestAsync();

    /// <summary>The peer agreed to end it (A-RELEASE confirmation).</summary>
    ValueTask OnReleaseResponseAsync();

    /// <summary>The association was aborted, by the peer or by the layer itself on a fault of the peer (source 2, A-P-ABORT).</summary>
    ValueTask OnAbortAsync(AAbort abort);

    /// <summary>What a Send… queued has gone out to its last byte.</summary>
    ValueTask OnSentAsync(PduType type, long length);

    /// <summary>The connection has ended. The last call, made exactly once.</summary>
    ValueTask OnClosedAsync(AssociationEnd end);
}
