using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Dicom.Net.Tests.Snippets;

/// <summary>The snippet of docs/tracing.md on spans.</summary>
internal static class Traces
{
    /// <summary>The spans that end while something is done.</summary>
    public static async Task<List<Activity>> ExportAsync(Func<Task> work)
    {
        List<Activity> exported = [];
        using (var traces = Sdk.CreateTracerProviderBuilder()
            .AddSource(DicomTelemetry.ActivitySourceName)
            .AddInMemoryExporter(exported)
            .Build())
        {
            await work();
            traces.ForceFlush();
        }

        lock (exported)
        {
            return [.. exported];
        }
    }
}
