using Dicom.Net.Pdus;

namespace Dicom.Net.Associations;

/// <summary>What a <see cref="ReceivePump"/> brings, one call at a time and in order.</summary>
internal interface IPduReceiver
{
    /// <summary>Asked of each header before its body is awaited. False: a fault; the rest is dropped.</summary>
    bool Accepts(PduHeader header);

    /// <summary>A whole PDU, its six header bytes included. The bytes are valid during the call only.</summary>
    void OnPdu(PduHeader header, ReadOnlyMemory<byte> pdu);

    /// <summary>Nothing more is there for the moment; <paramref name="partialPdu"/> tells that the peer owes the rest of a PDU.</summary>
    void OnWaiting(bool partialPdu);

    /// <summary>A pause is asked for, between two PDUs: it begins now, if nobody has taken it back (<see cref="ReceivePump.TryPause"/>).</summary>
    /// <returns>Whether it has begun: then nothing is awaited of the peer.</returns>
    bool OnPausing(ReceivePump pump);

    /// <summary>Callbacks may run now, on this thread: the next receive is under way, or watched over, or none will be.</summary>
    void OnBatchDelivered();

    /// <summary>The peer closed its side, or the connection was lost. Last call but for <see cref="OnBatchDelivered"/>.</summary>
    void OnEnd(Exception? error, bool midPdu);

    /// <summary>An exception that nobody foresaw came out of one of the calls above: nothing more will be received.</summary>
    void OnFailure(Exception error);
}
