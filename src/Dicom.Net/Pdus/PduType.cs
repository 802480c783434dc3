namespace Dicom.Net.Pdus;

/// <summary>The PDU-type field: the first byte of every PDU (PS3.8 §9.3.2 to §9.3.8).</summary>
public enum PduType : byte
{
    /// <summary>A-ASSOCIATE-RQ: the requestor proposes an association (PS3.8 §9.3.2).</summary>
    AAssociateRq = 1,

    /// <summary>A-ASSOCIATE-AC: the acceptor accepts it (PS3.8 §9.3.3).</summary>
    AAssociateAc = 2,

    /// <summary>A-ASSOCIATE-RJ: the acceptor rejects it (PS3.8 §9.3.4).</summary>
    AAssociateRj = 3,

    /// <summary>P-DATA-TF: fragments of messages (PS3.8 §9.3.5).</summary>
    PDataTf = 4,

    /// <summary>A-RELEASE-RQ: one side asks to end the association in order (PS3.8 §9.3.6).</summary>
    AReleaseRq = 5,

    /// <summary>A-RELEASE-RP: the other side agrees (PS3.8 §9.3.7).</summary>
    AReleaseRp = 6,

    /// <summary>A-ABORT: the association ends at once (PS3.8 §9.3.8).</summary>
    AAbort = 7,
}
