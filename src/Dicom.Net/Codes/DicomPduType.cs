namespace Dicom.Net;

/// <summary>The seven protocol data units of the DICOM upper layer (PS3.8 §9.3), with their type bytes.</summary>
public enum DicomPduType
{
    /// <summary>Not a PDU of DICOM.</summary>
    Unknown = 0,

    /// <summary>A-ASSOCIATE-RQ: asks for an association.</summary>
    AssociateRequest = 1,

    /// <summary>A-ASSOCIATE-AC: accepts it.</summary>
    AssociateAccept = 2,

    /// <summary>A-ASSOCIATE-RJ: rejects it.</summary>
    AssociateReject = 3,

    /// <summary>P-DATA-TF: carries DIMSE messages.</summary>
    DataTransfer = 4,

    /// <summary>A-RELEASE-RQ: asks to end the association.</summary>
    ReleaseRequest = 5,

    /// <summary>A-RELEASE-RP: agrees to end it.</summary>
    ReleaseResponse = 6,

    /// <summary>A-ABORT: ends it at once.</summary>
    Abort = 7,
}
