using Dicom.Net.Pdus;
using Dicom.Net.Transport;
using Dicom.Net.UpperLayer;

namespace Dicom.Net.Associations;

/// <summary>
/// A PDU layer made of code that speaks the upper layer protocol itself, over a stream: another library's service, say. Derive from it and
/// host that code in <see cref="ServeAsync"/>; this layer stands between it and the peer.
/// </summary>
/// <remarks>
/// <para>It reads the A-ASSOCIATE-RQ first, within ARTIM, and has the listener's admission and limits answer it, or hands it on from its first
/// byte. Afterwards PDUs pass whole in both directions, and each is put to the protocol machine of PS3.8 §9.2: what a peer may not send
/// is answered by A-ABORT and not handed on, what the hosted code may not send is not sent. The options' limits in time and room hold, but
/// those on what is kept of a data set, which is not kept here; and a data set over its limit ends the association (2/0).</para>
/// <para>Nothing is told to <see cref="DicomNet"/> but connections, PDUs, and that an association is over: the hosted code answers. An
/// association that it leaves without a word is aborted.</para>
/// <para>Where this side opened the connection, the built-in layer serves it.</para>
/// </remarks>
public abstract class GuardedPduLayer : IPduLayer
{
    /// <summary>
    /// Whether a C-CANCEL-RQ that comes in a PDU of its own is handed on. False: it is dropped, for code that has no use for it; an
    /// operation that is not cancelled ends as it would have (PS3.7 §9.3.2.3).
    /// </summary>
    protected internal virtual bool TakesCancels => true;

    /// <inheritdoc/>
    public Task RunAsync(PduLayerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Role == AssociationRole.Acceptor
            ? new AssociationGuard(context, this).RunAsync()
            : DicomPduLayer.Instance.RunAsync(context);
    }

    /// <summary>Serves one association. Called on a thread of the pool, which it may block.</summary>
    /// <param name="connection">
    /// What the hosted code reads and writes. It begins with the A-ASSOCIATE-RQ, and ends with the association: the end of the stream comes after the
    /// last PDU that the hosted code is to see. Closing it aborts an association that is not over; what else is to be closed, is without its doing.
    /// </param>
    /// <param name="request">What is asked for, admitted already.</param>
    /// <returns>A task that ends when the hosted code has; an exception is logged.</returns>
    protected internal abstract Task ServeAsync(PduConnection connection, AAssociateRq request);
}
