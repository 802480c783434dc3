namespace Dicom.Net;

/// <summary>The response to an N service (PS3.7 §10.1).</summary>
/// <param name="Status">The outcome.</param>
/// <param name="Detail">What else the peer says of it.</param>
public sealed record DicomNormalizedResponse(DicomCommandStatusType Status, DicomStatusDetail Detail) : DicomResponse(Status, Detail)
{
    /// <summary>Affected SOP Instance UID: of an N-CREATE, what the peer has chosen where it was asked to. Empty when it left it out.</summary>
    public string Instance { get; init; } = "";

    /// <summary>
    /// The attributes, the action reply or the event reply; null when there is none. It is the caller's: one too large for memory
    /// (<see cref="DicomNetOptions.MemoryThreshold"/>) is in a file until it is disposed of.
    /// </summary>
    public DicomDataSet? DataSet { get; init; }
}
