using System.Diagnostics;
using Dicom.Net.Tests.Snippets;
using Dicom.Net.Tests.Support;
using OpenTelemetry.Metrics;

namespace Dicom.Net.Tests.Diagnostics;

/// <summary>What OpenTelemetry's exporters get of one C-STORE. Other tests run meanwhile, and their metrics come along.</summary>
public sealed class OpenTelemetryTests
{
    [Fact]
    public async Task Store_OneInstance_IsExportedAsFourSpans()
    {
        (long Scu, long Scp) ids = default;
        var spans = await Traces.ExportAsync(async () => ids = await StoreAsync());

        var scu = spans.FindAll(span => Equals(span.GetTagItem("dicom.association.id"), ids.Scu));
        var scp = spans.FindAll(span => Equals(span.GetTagItem("dicom.association.id"), ids.Scp));

        Assert.Equal(["C-STORE Client", "DICOM association Client"], scu.Select(span => $"{span.DisplayName} {span.Kind}"));
        Assert.Equal(["C-STORE Server", "DICOM association Server"], scp.Select(span => $"{span.DisplayName} {span.Kind}"));
        Assert.All([scu, scp], side => Assert.Equal(side[1].SpanId, side[0].ParentSpanId));
        Assert.All([.. scu, .. scp], span => Assert.Equal(ActivityStatusCode.Unset, span.Status));
        Assert.All([scu[0], scp[0]], span => Assert.Equal(
            (TestInstance.SopClass, "success", "0000H"),
            (span.GetTagItem("dicom.sop_class"), span.GetTagItem("dicom.status.class"), span.GetTagItem("dicom.status"))));
    }

    [Fact]
    public async Task Store_OneInstance_IsExportedAsMetrics()
    {
        var metrics = await Metrics.ExportAsync(StoreAsync);

        // Meters of other tests' factories come along.
        var operations = metrics.FindAll(metric => metric is { Name: "dicom.operation.duration", Unit: "s" });
        foreach (var role in (string[])["invoker", "performer"])
        {
            (string, string)[] tags = [("dicom.service", "C-STORE"), ("dicom.operation.role", role), ("dicom.status.class", "success")];
            Assert.True(operations.Sum(metric => CountOf(metric, tags)) >= 1);
        }

        Assert.Contains(metrics, metric => metric is { Name: "dicom.network.io", Unit: "By" });
        Assert.Contains(metrics, metric => metric.Name == "dicom.association.open");
    }

    private static long CountOf(Metric metric, params (string Name, string Value)[] tags)
    {
        var count = 0L;
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            var found = 0;
            foreach (var (name, value) in point.Tags)
            {
                found += tags.Contains((name, value as string ?? "")) ? 1 : 0;
            }

            count += found == tags.Length ? point.GetHistogramCount() : 0;
        }

        return count;
    }

    /// <summary>Associates, stores, releases; and waits until both sides have ended.</summary>
    private static async Task<(long Scu, long Scp)> StoreAsync()
    {
        var served = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listener = TestScp.AcceptingAll();
        listener.CStoreRequestReceived += (_, e) => e.Respond(DicomCommandStatusType.Success);
        listener.Closed += (_, e) => served.TrySetResult(e.Net.AssociationID);
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, TestInstance.SopClass);
        using var instance = TestInstance.Create();
        Assert.Equal(DicomCommandStatusType.Success, await scu.StoreAsync(instance));
        await scu.ReleaseAsync();
        return (scu.Net.AssociationID, await served.Task.WithTimeout());
    }
}
