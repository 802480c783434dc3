namespace Dicom.Net;

/// <summary>The final response to a C-MOVE or C-GET (PS3.7 §9.1.3, §9.1.4).</summary>
/// <param name="Status">Success, or a warning where some instances could not be sent (PS3.4 Tables C.4-2, C.4-3).</param>
/// <param name="Detail">What else the peer says of it.</param>
/// <param name="SubOperations">How many instances were sent, and how many not.</param>
/// <param name="FailedInstances">The UIDs of those that were not, as far as the peer names them. The peer's text.</param>
public sealed record DicomRetrieveResponse(
    DicomCommandStatusType Status, DicomStatusDetail Detail, DicomSubOperations SubOperations, IReadOnlyList<string> FailedInstances)
    : DicomResponse(Status, Detail);
