using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Dicom.Net.Tests.Snippets;

/// <summary>The snippet of docs/metrics.md.</summary>
internal static class Metrics
{
    /// <summary>What the library's meter exports while something is done.</summary>
    public static async Task<List<Metric>> ExportAsync(Func<Task> work)
    {
        List<Metric> exported = [];
        using var metrics = Sdk.CreateMeterProviderBuilder()
            .AddMeter(DicomTelemetry.MeterName)
            .AddInMemoryExporter(exported)
            .Build();
        await work();
        metrics.ForceFlush();
        return exported;
    }
}
