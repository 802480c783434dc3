namespace Dicom.Net;

/// <summary>The names under which the library tells what it does, for OpenTelemetry or whatever else listens (docs/metrics.md, docs/tracing.md).</summary>
public static class DicomTelemetry
{
    /// <summary>The name of the meter: <c>AddMeter(DicomTelemetry.MeterName)</c>.</summary>
    public const string MeterName = "Dicom.Net";

    /// <summary>The name of the activity source: <c>AddSource(DicomTelemetry.ActivitySourceName)</c>.</summary>
    public const string ActivitySourceName = "Dicom.Net";
}
