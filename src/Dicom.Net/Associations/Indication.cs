using Dicom.Net.Pdus;

namespace Dicom.Net.Associations;

/// <summary>One call to the handler that waits for its turn.</summary>
/// <param name="Kind">Which call.</param>
/// <param name="Value">What is handed over: the PDU or the message.</param>
/// <param name="Type">For Pdu, UnknownPdu and Sent: the type of PDU.</param>
/// <param name="Length">For Sent: bytes.</param>
internal readonly record struct Indication(IndicationKind Kind, object? Value = null, PduType Type = default, long Length = 0);

/// <summary>The calls of <see cref="IAssociationHandler"/> that are made in turn.</summary>
internal enum IndicationKind
{
    Connected,
    Pdu,
    AssociateRequest,
    AssociateAccept,
    AssociateReject,
    DataStarting,
    Message,
    UnknownPdu,
    ReleaseRequest,
    ReleaseResponse,
    Abort,
    Sent,
    Closed,
}
