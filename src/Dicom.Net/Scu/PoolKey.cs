using System.Buffers;
using System.Security.Cryptography;
using Dicom.Net.Pdus;

namespace Dicom.Net;

/// <summary>What two associations have in common where one can be used for the other: the peer, and every byte of what was proposed to it.</summary>
/// <param name="Host">The peer's address or name.</param>
/// <param name="Port">The peer's port.</param>
/// <param name="Proposal">A digest of the A-ASSOCIATE-RQ: the PDU itself may bear a passcode.</param>
internal readonly record struct PoolKey(string Host, int Port, string Proposal)
{
    /// <exception cref="ArgumentException">The request holds what cannot be sent.</exception>
    public static PoolKey Of(string host, int port, DicomAssociationRequest request)
    {
        var pdu = new ArrayBufferWriter<byte>();
        PduWriter.Write(request.ToAssociate().ToRequest(), pdu);
        return new(host, port, Convert.ToHexString(SHA256.HashData(pdu.WrittenSpan)));
    }
}
