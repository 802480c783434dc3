using Dicom.Net.Pdus;

namespace Dicom.Net.Associations;

/// <summary>
/// What may be asked of the PDU layer of one connection, from any thread and from inside any call to the handler. Nothing here waits
/// for the network: what is to be sent is queued. Each member tells whether the protocol allows it in the present state.
/// </summary>
public interface IAssociationPort
{
    /// <summary>True between acceptance of the association and its release, abort or loss.</summary>
    bool IsAssociated { get; }

    /// <summary>
    /// Whether a message can be sent now: not any more once this side has asked for the release (PS3.8 §7.2.2), though the association stands.
    /// </summary>
    bool TakesMessages => IsAssociated;

    /// <summary>Asks the peer for an association (A-ASSOCIATE request).</summary>
    SendOutcome Request(AAssociateRq request);

    /// <summary>Accepts the association that the peer asked for.</summary>
    SendOutcome Accept(AAssociateAc accept);

    /// <summary>Rejects it, with the bytes given.</summary>
    SendOutcome Reject(AAssociateRj reject);

    /// <summary>Sends a DIMSE message. The layer keeps the data set's bytes for itself until they have gone out.</summary>
    /// <param name="presentationContextId">An accepted presentation context.</param>
    /// <param name="commandSet">The command set, encoded (implicit VR little endian, PS3.7 §6.3.1).</param>
    /// <param name="dataSet">The data set; null for none.</param>
    SendOutcome Send(byte presentationContextId, ReadOnlyMemory<byte> commandSet, DicomDataSet? dataSet);

    /// <summary>Whether something that was queued has not gone out as yet.</summary>
    bool HasUnsent => false;

    /// <summary>Whether a message of the peer has begun to arrive, and not ended.</summary>
    bool IsReceiving => false;

    /// <summary>Completes when the queue has room for a message, or the connection has ended. At once, where a layer has no queue.</summary>
    Task ReadyToSendAsync() => Task.CompletedTask;

    /// <summary>Asks the peer to end the association (A-RELEASE request).</summary>
    SendOutcome RequestRelease();

    /// <summary>Agrees to end it (A-RELEASE response); in a collision it goes out when its turn comes (PS3.8 §7.2.2.7).</summary>
    SendOutcome RespondRelease();

    /// <summary>Ends the association at once (A-ABORT request), with the bytes given.</summary>
    SendOutcome Abort(AAbort abort);

    /// <summary>Ends the connection: an association still open is aborted; what the protocol must send still goes out.</summary>
    void Close();

    /// <summary>Cuts the connection without a word.</summary>
    void CloseForced();
}
