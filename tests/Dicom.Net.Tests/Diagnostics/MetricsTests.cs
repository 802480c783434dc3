using System.Globalization;
using System.Net;
using Dicom.Net.Diagnostics;
using Dicom.Net.Tests.Architecture;
using Dicom.Net.Tests.Services;
using Dicom.Net.Tests.Support;
using Dicom.Net.Tests.Transport;
using Microsoft.Extensions.Time.Testing;

namespace Dicom.Net.Tests.Diagnostics;

/// <summary>What the library measures of itself.</summary>
public sealed class MetricsTests : IDisposable
{
    private const string Requestor = "dicom.association.role=requestor";
    private const string Acceptor = "dicom.association.role=acceptor";

    private readonly TestMeterFactory _meters = new();
    private readonly List<IDisposable> _open = [];

    public void Dispose()
    {
        _open.ForEach(open => open.Dispose());
        _meters.Dispose();
    }

    [Fact]
    public async Task Association_EchoedAndReleased_IsCountedOnBothSides()
    {
        var scu = await AssociatedAsync(Listen().HostPort);
        Assert.Equal((1d, 1d), (_meters.Now("dicom.association.open", Requestor), _meters.Now("dicom.association.open", Acceptor)));
        Assert.Equal((1d, 1d), (_meters.Now("dicom.connection.open", Requestor), _meters.Now("dicom.connection.open", Acceptor)));

        await scu.EchoAsync();
        await scu.ReleaseAsync();

        await Eventually.True(() => _meters.Count("dicom.association.duration") == 2);
        await Eventually.True(() => _meters.Now("dicom.connection.open") == 0);
        Assert.Equal(0, _meters.Now("dicom.association.open"));
        Assert.Equal((1d, 1d), (_meters.Sum("dicom.association.opened", Requestor), _meters.Sum("dicom.association.opened", Acceptor)));
        Assert.All(_meters.Of("dicom.association.duration"), ended => Assert.Single(ended.Tags));
        foreach (var role in (string[])["invoker", "performer"])
        {
            Assert.Equal(1, _meters.Count(
                "dicom.operation.duration", "dicom.service=C-ECHO", $"dicom.operation.role={role}", "dicom.status.class=success"));
        }
    }

    [Fact]
    public async Task Association_WholeSession_CountsTheSameBytesAndPdusOnBothSides()
    {
        var scu = await AssociatedAsync(Listen().HostPort);
        using var instance = TestInstance.Create(pixelBytes: 100_000);
        await scu.StoreAsync(instance);
        await scu.ReleaseAsync();
        await Eventually.True(() => _meters.Count("dicom.association.duration") == 2);

        const string Sent = "network.io.direction=transmit", Received = "network.io.direction=receive";
        Assert.True(_meters.Sum("dicom.network.io", Sent) > 100_000);
        Assert.Equal(_meters.Sum("dicom.network.io", Sent), _meters.Sum("dicom.network.io", Received));
        foreach (var type in (string[])["A-ASSOCIATE-RQ", "A-ASSOCIATE-AC", "P-DATA-TF", "A-RELEASE-RQ", "A-RELEASE-RP"])
        {
            var sent = _meters.Sum("dicom.network.pdus", Sent, $"dicom.pdu.type={type}");
            Assert.Equal(sent, _meters.Sum("dicom.network.pdus", Received, $"dicom.pdu.type={type}"));
            Assert.True(type == "P-DATA-TF" ? sent > 2 : sent == 1, $"{sent} times {type}");
        }
    }

    [Fact]
    public async Task Association_Rejected_IsCountedWithItsReason()
    {
        var listener = new DicomNet(null, DicomNetSecurityMode.None, Options());
        _open.Add(TestScp.Listening(listener));
        listener.AssociateRequestReceived += (_, e) => e.Reject(
            DicomAssociateRejectResultType.Permanent, DicomAssociateRejectSourceType.User, DicomAssociateRejectReasonType.Calling);
        using var scu = new TestScu(Options());

        await scu.AssociateInVainAsync(listener.HostPort, TestScu.Request(DicomUids.Verification));

        string[] reason = ["dicom.reject.result=permanent", "dicom.reject.source=service_user", "dicom.reject.reason=calling_ae_title_not_recognized"];
        await Eventually.True(() => _meters.Count("dicom.association.rejected") == 2);
        Assert.Equal(1, _meters.Sum("dicom.association.rejected", [.. reason, Requestor]));
        Assert.Equal(1, _meters.Sum("dicom.association.rejected", [.. reason, Acceptor]));
        Assert.Equal(0, _meters.Count("dicom.association.opened"));
        Assert.Equal(0, _meters.Count("dicom.association.duration"));
    }

    [Theory]
    [InlineData(0, 0, 0, "other", "other", "other")]
    [InlineData(1, 2, 2, "permanent", "service_provider_acse", "protocol_version_not_supported")]
    [InlineData(2, 3, 1, "transient", "service_provider_presentation", "temporary_congestion")]
    [InlineData(2, 3, 2, "transient", "service_provider_presentation", "local_limit_exceeded")]
    [InlineData(1, 1, 200, "permanent", "service_user", "other")]
    [InlineData(255, 255, 1, "other", "other", "other")]
    public void RejectWords_AnyBytes_AreOneOfFew(byte result, byte source, byte reason, string resultWord, string sourceWord, string reasonWord) =>
        Assert.Equal(
            (resultWord, sourceWord, reasonWord), (RejectWords.Result(result), RejectWords.Source(source), RejectWords.Reason(source, reason)));

    [Fact]
    public async Task Association_AbortedByThePeer_IsCountedBySide()
    {
        var scu = await AssociatedAsync(Listen().HostPort);

        scu.Net.SendAbort(DicomAbortSourceType.User, DicomAbortReasonType.Unknown).ThrowIfFailed();

        await Eventually.True(() => _meters.Count("dicom.association.duration") == 2);
        Assert.Equal(1, _meters.Sum("dicom.association.aborted", Requestor, "dicom.abort.side=local", "dicom.abort.source=service_user"));
        Assert.Equal(1, _meters.Sum("dicom.association.aborted", Acceptor, "dicom.abort.side=peer", "dicom.abort.source=service_user"));
        Assert.Equal(2, _meters.Count("dicom.association.duration", "error.type=aborted"));
    }

    [Fact]
    public async Task Association_PeerBreaksTheProtocol_IsAbortedByTheProvider()
    {
        var listener = Listen();
        await using var scu = await RawScu.AssociatedAsync(listener.HostPort);

        await scu.Peer.SendAsync(WireBytes.Header(0x2A, 0));

        await Eventually.True(() => _meters.Sum("dicom.association.aborted", "dicom.abort.side=local", "dicom.abort.source=service_provider") == 1);
    }

    [Fact]
    public async Task Operation_StoreOverTheLimit_IsAFailureAndARefusedDataSet()
    {
        var listener = Listen(options => options with { Limits = new() { MaximumDataSetLength = 1000 } });
        var scu = await AssociatedAsync(listener.HostPort);
        using var instance = TestInstance.Create(pixelBytes: 2000);

        Assert.Equal(DicomCommandStatusType.OutOfResources, await scu.StoreAsync(instance));

        Assert.Equal(1, _meters.Sum("dicom.data_set.refused", "dicom.refusal.reason=too_long"));
        await Eventually.True(() => _meters.Count("dicom.operation.duration", "dicom.service=C-STORE", "dicom.status.class=failure") == 2);
    }

    [Fact]
    public async Task Operation_StoreThatAHandlerDoesNotWant_IsARefusedDataSet()
    {
        var listener = Listen(options => options with { Handlers = new DicomHandlers().Add(new Refusing()) });
        var scu = await AssociatedAsync(listener.HostPort);
        using var instance = TestInstance.Create(pixelBytes: 2000);

        Assert.Equal(DicomCommandStatusType.OutOfResources, await scu.StoreAsync(instance));

        Assert.Equal(1, _meters.Sum("dicom.data_set.refused", "dicom.refusal.reason=handler"));
    }

    [Fact]
    public async Task Connection_OfThisSideThatIsNotSecured_IsNoRefusal()
    {
        using var plain = TestScp.AcceptingAll();
        using var scu = new TestScu(Options() with { Tls = TlsPair.ClientOptions });

        await scu.ConnectAsync(plain.HostPort);
        Assert.Equal(DicomExceptionCode.TlsHandshake, (await scu.ClosedAsync()).Error);

        Assert.Equal(0, _meters.Count("dicom.connection.refused"));
    }

    [Fact]
    public async Task Operation_UnderWay_IsActiveAndWithoutAnAnswerOfNoStatus()
    {
        var listener = Listen();
        listener.CEchoRequestReceived += (_, e) => e.Handled = true;
        var scu = await AssociatedAsync(listener.HostPort);
        var context = scu.Net.Association!.FindAbstract(DicomUids.Verification);

        scu.Net.SendCEchoRequest(context, 1, DicomUids.Verification).ThrowIfFailed();
        scu.Net.SendCEchoRequest(context, 2, DicomUids.Verification).ThrowIfFailed();

        Assert.Equal(1, _meters.Now("dicom.operation.active", "dicom.operation.role=invoker"));
        Assert.Equal(1, _meters.Now("dicom.operation.waiting"));
        await Eventually.True(() => _meters.Now("dicom.operation.active", "dicom.operation.role=performer") == 1);

        scu.Net.CloseForced(true);

        await Eventually.True(() => _meters.Count("dicom.operation.duration", "dicom.status.class=none") == 3);
        await Eventually.True(() => _meters.Now("dicom.operation.active") == 0);
        Assert.Equal(0, _meters.Now("dicom.operation.waiting"));
        Assert.Equal(3, _meters.Count("dicom.operation.duration"));
    }

    [Fact]
    public async Task Connection_DeniedAtTheDoor_IsCountedWithTheReason()
    {
        var listener = Listen(options => options with { Admission = new() { DeniedNetworks = [IPNetwork.Parse("127.0.0.2/32")] } });

        await using var denied = await RawScu.ConnectedAsync(listener.HostPort, "127.0.0.2");
        await denied.Peer.ExpectEndAsync();

        await Eventually.True(() => _meters.Sum("dicom.connection.refused", "dicom.refusal.reason=address_denied") == 1);
    }

    [Fact]
    public async Task Timeout_PeerAsksForNothing_IsCountedAsArtim()
    {
        var time = new FakeTimeProvider();
        var listener = Listen(options => options with { TimeProvider = time });
        await using var silent = await RawScu.ConnectedAsync(listener.HostPort);
        await Eventually.True(() => _meters.Now("dicom.connection.open") == 1);

        await Eventually.True(() =>
        {
            time.Advance(TimeSpan.FromSeconds(31));
            return _meters.Sum("dicom.timeout", "dicom.timeout.kind=artim") == 1;
        });
        await Eventually.True(() => _meters.Now("dicom.connection.open") == 0);
    }

    [Fact]
    public async Task Timeout_PeerDoesNotRespond_IsCountedAsResponse()
    {
        var time = new FakeTimeProvider();
        var listener = Listen();
        listener.CEchoRequestReceived += (_, e) => e.Handled = true;
        var scu = Scu(Options() with { TimeProvider = time, ResponseTimeout = TimeSpan.FromSeconds(5) });
        await scu.AssociateAsync(listener.HostPort, TestScu.Request(DicomUids.Verification));
        scu.Net.SendCEchoRequest(1, 1, DicomUids.Verification).ThrowIfFailed();

        await Eventually.True(() =>
        {
            time.Advance(TimeSpan.FromSeconds(6));
            return _meters.Sum("dicom.timeout", "dicom.timeout.kind=response") == 1;
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Titles_OfTheAssociation_AreToldWhereAskedFor(bool tells)
    {
        var scu = Scu(Options() with { MetricsTellTitles = tells });
        await scu.AssociateAsync(Listen(options => options with { MetricsTellTitles = tells }).HostPort, TestScu.Request(DicomUids.Verification));
        await scu.EchoAsync();
        await scu.ReleaseAsync();
        await Eventually.True(() => _meters.Count("dicom.association.duration") == 2);

        var expected = tells ? 2 : 0;
        foreach (var instrument in (string[])["dicom.association.opened", "dicom.operation.duration", "dicom.association.duration"])
        {
            Assert.Equal(expected, _meters.Count(instrument, "dicom.ae.calling=SCU", "dicom.ae.called=SCP"));
        }
    }

    [Fact]
    public void MeterFactory_AskedTwice_GivesTheSameInstruments()
    {
        Assert.Same(Instruments.Of(_meters), Instruments.Of(_meters));
        Assert.Same(Instruments.Of(null), Instruments.Of(null));
    }

    [Fact]
    public void Table_InTheDocs_HasEveryInstrument()
    {
        _ = Instruments.Of(_meters);
        var table = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "metrics.md"))
            .Where(line => line.StartsWith("| `dicom.", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length > 5)
            .Select(cells => $"{cells[1].Trim('`')} {cells[2]} {cells[3].Trim('`')}");

        var made = _meters.Instruments.Select(
            instrument => string.Create(CultureInfo.InvariantCulture, $"{instrument.Name} {KindOf(instrument)} {instrument.Unit}"));

        Assert.Equal(made.Order(StringComparer.Ordinal), table.Order(StringComparer.Ordinal));
    }

    private static string KindOf(object instrument) => instrument.GetType().Name.Split('`')[0] switch
    {
        "Counter" => "counter",
        "Histogram" => "histogram",
        var other => other == "ObservableUpDownCounter" ? "up-down counter" : other,
    };

    private DicomNetOptions Options() => new() { MeterFactory = _meters };

    private DicomNet Listen(Func<DicomNetOptions, DicomNetOptions>? change = null)
    {
        var listener = TestScp.AcceptingAll(change?.Invoke(Options()) ?? Options());
        listener.CStoreRequestReceived += (_, e) => e.Respond(DicomCommandStatusType.Success);
        _open.Add(listener);
        return listener;
    }

    private TestScu Scu(DicomNetOptions options)
    {
        var scu = new TestScu(options);
        _open.Add(scu);
        return scu;
    }

    private async Task<TestScu> AssociatedAsync(int port)
    {
        var scu = Scu(Options());
        await scu.AssociateAsync(port, TestScu.Request(DicomUids.Verification, TestInstance.SopClass));
        return scu;
    }

    private sealed class Refusing : ICStoreStartHandler
    {
        public ValueTask<Stream?> StartAsync(DicomCStoreRequest request, CancellationToken cancellationToken) =>
            throw new DicomRefusalException(DicomCommandStatusType.OutOfResources, "full");

        public ValueTask<DicomOutcome> StoreAsync(DicomCStoreRequest request, CancellationToken cancellationToken) => new(DicomOutcome.Success);
    }
}
