namespace Dicom.Net;

/// <summary>An N-EVENT-REPORT-RQ of the peer's on an association of this side (PS3.7 §10.1.1).</summary>
/// <param name="SopClass">Affected SOP Class UID.</param>
/// <param name="Instance">Affected SOP Instance UID.</param>
/// <param name="EventType">The event type id, 0 to 65535.</param>
/// <param name="DataSet">What the event says; it lives until the answer. Null when there is nothing.</param>
public sealed record DicomEventReport(string SopClass, string Instance, int EventType, DicomDataSet? DataSet);
