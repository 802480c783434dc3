using Dicom.Net.Tests.Scu;
using Dicom.Net.Tests.Services;
using Dicom.Net.Tests.Support;
using Dicom.Net.Tests.Transport;

namespace Dicom.Net.Tests.Diagnostics;

/// <summary>Connections and data sets that are refused, in the metrics: each with its reason.</summary>
public sealed class RefusalMetricsTests : IDisposable
{
    private readonly TestMeterFactory _meters = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _meters.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Connection_WithoutTlsWhereThatIsSpoken_IsCountedAsNotSecured()
    {
        using var listener = TestScp.Listening(new DicomNet(null, new() { MeterFactory = _meters, Tls = TlsPair.ServerOptions }));
        await using var plain = await RawScu.ConnectedAsync(listener.HostPort);

        await plain.Peer.SendAsync(WireBytes.Of(WireBytes.Request()));

        await RefusedAsync("not_secured");
    }

    [Fact]
    public async Task Connection_ThatIsSilentWhereThereAreTooMany_IsCountedAsCrowdedOut()
    {
        using var listener = TestScp.AcceptingAll(new() { MeterFactory = _meters, Limits = new() { MaximumUnassociatedConnections = 1 } });
        await using var silent = await RawScu.ConnectedAsync(listener.HostPort);
        await Eventually.True(() => _meters.Now("dicom.connection.open") == 1);

        await using var next = await RawScu.ConnectedAsync(listener.HostPort);

        await silent.Peer.ExpectEndAsync();
        await RefusedAsync("crowded_out");
    }

    [Fact]
    public async Task DataSet_ForWhichThereIsNoFolderAnyMore_IsCountedAsNotKept()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.Path, "spool")).FullName;
        using var listener = TestScp.AcceptingAll(new() { MeterFactory = _meters, MemoryThreshold = 0 }, folder);
        Directory.Delete(folder);
        await using var association = await TestAssociation.OpenAsync(listener, TestInstance.SopClass);
        using var instance = TestInstance.Create();

        await Assert.ThrowsAsync<DicomStatusException>(
            () => association.StoreAsync(instance, cancellationToken: TestContext.Current.CancellationToken).WithTimeout());

        await Eventually.True(() => _meters.Sum("dicom.data_set.refused", "dicom.refusal.reason=not_kept") == 1);
        Assert.Equal(1, _meters.Sum("dicom.data_set.refused"));
    }

    private async Task RefusedAsync(string reason)
    {
        await Eventually.True(() => _meters.Sum("dicom.connection.refused", $"dicom.refusal.reason={reason}") == 1);
        Assert.Equal(1, _meters.Sum("dicom.connection.refused"));
    }
}
