namespace Dicom.Net;

/// <summary>
/// The outcome of an operation: the values of Status (0000,0900) that PS3.7 Annex C and PS3.4 name. Service classes define more: any
/// 16-bit code, 0000H to FFFFH, may be cast to this type. <see cref="DicomCommandStatus"/> tells the classes apart.
/// </summary>
public enum DicomCommandStatusType
{
    /// <summary>0000H: done (PS3.7 §C.1).</summary>
    Success = 0x0000,

    /// <summary>0001H: done, with a warning: optional attributes that were asked for are not supported (PS3.7 Annex C).</summary>
    Warning = 0x0001,

    /// <summary>0105H: an attribute is not known for the SOP class (PS3.7 Annex C).</summary>
    NoSuchAttribute = 0x0105,

    /// <summary>0106H: an attribute's value is out of range or not fit (PS3.7 Annex C).</summary>
    InvalidAttributeValue = 0x0106,

    /// <summary>0107H: a warning: some attributes were not recognised (PS3.7 Annex C).</summary>
    AttributeListError = 0x0107,

    /// <summary>0110H: a general failure in processing (PS3.7 Annex C).</summary>
    ProcessingFailure = 0x0110,

    /// <summary>0111H: the SOP instance exists already (PS3.7 Annex C).</summary>
    DuplicateSopInstance = 0x0111,

    /// <summary>0112H: the SOP instance is not known (PS3.7 Annex C).</summary>
    NoSuchSopInstance = 0x0112,

    /// <summary>0113H: the event type is not known (PS3.7 Annex C).</summary>
    NoSuchEventType = 0x0113,

    /// <summary>0114H: the event or action information has an argument that is not known (PS3.7 Annex C).</summary>
    NoSuchArgument = 0x0114,

    /// <summary>0115H: an argument's value is out of range or not fit (PS3.7 Annex C).</summary>
    InvalidArgumentValue = 0x0115,

    /// <summary>0116H: a warning: an attribute's value was out of range (PS3.7 Annex C).</summary>
    AttributeValueOutOfRange = 0x0116,

    /// <summary>0117H: the SOP instance UID breaks the rules of UIDs (PS3.7 Annex C).</summary>
    InvalidSopInstance = 0x0117,

    /// <summary>0118H: the SOP class is not known (PS3.7 Annex C).</summary>
    NoSuchSopClass = 0x0118,

    /// <summary>0119H: the SOP instance is not of the SOP class (PS3.7 Annex C).</summary>
    ClassInstanceConflict = 0x0119,

    /// <summary>0120H: an attribute that is required is missing (PS3.7 Annex C).</summary>
    MissingAttribute = 0x0120,

    /// <summary>0121H: an attribute that requires a value has none (PS3.7 Annex C).</summary>
    MissingAttributeValue = 0x0121,

    /// <summary>0122H: refused: the SOP class is not supported (PS3.7 Annex C).</summary>
    SopClassNotSupported = 0x0122,

    /// <summary>0123H: the action type is not known (PS3.7 Annex C).</summary>
    NoSuchActionType = 0x0123,

    /// <summary>0124H: refused: the peer is not allowed to do this (PS3.7 Annex C).</summary>
    NotAuthorized = 0x0124,

    /// <summary>0210H: the message ID is in use by another operation (PS3.7 Annex C).</summary>
    DuplicateInvocation = 0x0210,

    /// <summary>0211H: the operation is not known or not agreed on (PS3.7 Annex C).</summary>
    UnrecognizedOperation = 0x0211,

    /// <summary>0212H: an argument is not one of those agreed on (PS3.7 Annex C).</summary>
    MistypedArgument = 0x0212,

    /// <summary>0213H: resources do not suffice (PS3.7 Annex C).</summary>
    ResourceLimitation = 0x0213,

    /// <summary>A700H: refused: out of resources (PS3.4 Table B.2-1, Table C.4-1).</summary>
    OutOfResources = 0xA700,

    /// <summary>A701H: refused: unable to calculate the number of matches (PS3.4 Tables C.4-2, C.4-3).</summary>
    UnableToCalculateMatches = 0xA701,

    /// <summary>A702H: refused: unable to perform sub-operations (PS3.4 Tables C.4-2, C.4-3).</summary>
    UnableToPerformSubOperations = 0xA702,

    /// <summary>A801H: refused: the move destination is not known (PS3.4 Table C.4-2).</summary>
    MoveDestinationUnknown = 0xA801,

    /// <summary>A900H: the data set or identifier does not match the SOP class (PS3.4 Tables B.2-1, C.4-1 to C.4-3).</summary>
    DataSetDoesNotMatchSopClass = 0xA900,

    /// <summary>
    /// B000H: a warning: data elements were coerced (PS3.4 Table B.2-1), or some sub-operations failed (Tables C.4-2, C.4-3).
    /// </summary>
    CoercionOfDataElements = 0xB000,

    /// <summary>B006H: a warning: elements were discarded (PS3.4 Table B.2-1).</summary>
    ElementsDiscarded = 0xB006,

    /// <summary>B007H: a warning: the data set does not match the SOP class, yet was stored (PS3.4 Table B.2-1).</summary>
    DataSetDoesNotMatchSopClassWarning = 0xB007,

    /// <summary>C000H: the data set cannot be understood, or the query or retrieval cannot be processed (PS3.4 Annexes B, C).</summary>
    CannotUnderstand = 0xC000,

    /// <summary>FE00H: cancelled, as a C-CANCEL-RQ asked (PS3.7 Annex C).</summary>
    Cancel = 0xFE00,

    /// <summary>FF00H: more responses follow (PS3.7 Annex C).</summary>
    Pending = 0xFF00,

    /// <summary>FF01H: more responses follow; some optional keys were not supported for matching (PS3.4 Table C.4-1).</summary>
    PendingWarning = 0xFF01,
}
