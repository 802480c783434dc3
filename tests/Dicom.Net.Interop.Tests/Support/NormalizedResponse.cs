namespace Dicom.Net.Interop.Tests.Support;

/// <summary>The response to an N-service request. The type is the event's or the action's; the data set outlives the callback.</summary>
internal sealed record NormalizedResponse(
    DicomCommandStatusType Status, string SopClass, string Instance, int? Type, DicomDataSet? DataSet, DicomStatusDetail Detail);
