using Dicom.Net.Diagnostics;

namespace Dicom.Net.Associations;

/// <summary>A status in the terms of metrics and spans, which know no DIMSE.</summary>
internal static class StatusTelemetry
{
    /// <summary>The final response has gone out, or come.</summary>
    public static void TellAnswered(this OperationTelemetry? operation, DicomCommandStatusType status) =>
        operation?.TellAnswered((ushort)status, DicomCommandStatus.ClassOf(status), status.IsFailure());
}
