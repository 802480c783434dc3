namespace Dicom.Net;

/// <summary>An instance that a C-GET brings: its C-STORE-RQ (PS3.7 §9.1.1).</summary>
/// <param name="SopClass">Affected SOP Class UID.</param>
/// <param name="Instance">Affected SOP Instance UID. The peer's text: never to be used as a file name unchecked.</param>
/// <param name="DataSet">The instance. It lives until its function has said what became of it: what is to be kept is saved before.</param>
public sealed record DicomReceivedInstance(string SopClass, string Instance, DicomDataSet DataSet);
