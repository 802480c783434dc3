using System.Collections.Concurrent;
using Dicom.Net.Associations;
using Dicom.Net.Diagnostics;
using Dicom.Net.Pdus;
using Dicom.Net.Tests.Services;
using Dicom.Net.Tests.Support;
using Dicom.Net.Transport;
using Dicom.Net.UpperLayer;
using Microsoft.Extensions.Logging;

namespace Dicom.Net.Tests;

/// <summary>What a listener does for its own associations it does for those of hosted code: admission, limits, drain, metrics, traces.</summary>
public sealed class DicomNetGuardedLayerTests : IDisposable
{
    private readonly TestMeterFactory _meters = new();
    private readonly RecordingLogger _log = new();

    private DicomNetOptions Options => new() { PduLayer = new BuiltIn(), MeterFactory = _meters, LoggerFactory = new SingleLoggerFactory(_log) };

    public void Dispose() => _meters.Dispose();

    [Fact]
    public async Task Session_OfHostedCode_IsServedAndMeasured()
    {
        using var listener = Listening(Options);
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);
        Assert.Equal(1, _meters.Now("dicom.association.open"));

        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
        await scu.ReleaseAsync();

        await Eventually.True(() => _meters.Count("dicom.association.duration") == 1);
        await Eventually.True(() => _meters.Now("dicom.connection.open") == 0);
        Assert.Equal(1, _meters.Sum("dicom.association.opened"));
        Assert.All(["A-ASSOCIATE-RQ", "P-DATA-TF", "A-RELEASE-RQ"], type => Assert.Equal(1, CountOf("receive", type)));
        Assert.All(["A-ASSOCIATE-AC", "P-DATA-TF", "A-RELEASE-RP"], type => Assert.Equal(1, CountOf("transmit", type)));
    }

    [Fact]
    public async Task Excess_OverTheLimit_IsRejectedAndCountedAndThePlaceComesBack()
    {
        using var listener = Listening(Options with { Limits = new() { MaximumAssociations = 1 } });
        using var first = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);
        await using (var second = await RawScu.ConnectedAsync(listener.HostPort))
        {
            await second.Peer.SendAsync(WireBytes.Of(WireBytes.Request()));
            await second.Peer.ExpectAsync("AAssociateRj 2/3/2");
        }

        await Eventually.True(() => _meters.Count("dicom.association.rejected", "dicom.reject.result=transient") == 1);
        await first.ReleaseAsync();

        using var third = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);
        Assert.Equal(DicomCommandStatusType.Success, await third.EchoAsync());
    }

    [Fact]
    public async Task User_ThatTheRuleRefuses_IsRejected()
    {
        using var listener = Listening(Options with
        {
            Admission = new()
            {
                AdmitUser = async question =>
                {
                    await Task.Yield();
                    return question.Identity is { Username: "bob" } ? DicomUserVerdict.Verified : DicomUserVerdict.Refused;
                },
            },
        });
        using var bob = new TestScu();
        using var eve = new TestScu();

        await bob.AssociateAsync(listener.HostPort, RequestOf("bob"));
        var reject = await eve.AssociateInVainAsync(listener.HostPort, RequestOf("eve"));

        Assert.Equal((1, 2, 1), ((int)reject.Result, (int)reject.Source, (int)reject.Reason));
        Assert.Equal(DicomCommandStatusType.Success, await bob.EchoAsync());
    }

    [Fact]
    public async Task Rule_OfAPeerThatLeaves_IsCancelledAndThePlaceComesBack()
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var verdict = new TaskCompletionSource<DicomUserVerdict>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listener = Listening(Options with
        {
            Admission = new()
            {
                AdmitUser = question =>
                {
                    question.Cancelled.Register(cancelled.SetResult);
                    return new(verdict.Task);
                },
            },
        });
        await using var raw = await RawScu.ConnectedAsync(listener.HostPort);
        await raw.Peer.SendAsync(WireBytes.Of(WireBytes.Request()));
        await Eventually.True(() => listener.Door.Connections.Associations == 1);

        raw.Peer.Reset();

        await cancelled.Task.WithTimeout();
        await Eventually.True(() => listener.Door.Connections.Associations == 0);
        verdict.SetResult(DicomUserVerdict.Verified);
        await Eventually.True(() => listener.GetClientCount() == 0);
    }

    [Fact]
    public async Task Drain_RejectsNewcomersAndWaitsForWhoIsThere()
    {
        using var listener = Listening(Options);
        using var standing = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);

        var drained = listener.CloseAsync(TimeSpan.FromMinutes(1), rejectNewcomers: true);
        await using (var late = await RawScu.ConnectedAsync(listener.HostPort))
        {
            await late.Peer.SendAsync(WireBytes.Of(WireBytes.Request()));
            await late.Peer.ExpectAsync("AAssociateRj 2/3/1");
        }

        Assert.Equal(DicomCommandStatusType.Success, await standing.EchoAsync());
        Assert.False(drained.IsCompleted);
        await standing.ReleaseAsync();
        await drained.WithTimeout();
    }

    [Fact]
    public async Task Lines_OfHostedCode_StandInTheScopeOfTheirAssociation()
    {
        var log = new ScopedRecorder();
        using var listener = Listening(Options with
        {
            LoggerFactory = new SingleLoggerFactory(log),
            PduLayer = new BuiltIn(() => log.Log(LogLevel.Information, new(42), "line", null, static (line, _) => line)),
        });
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);

        Assert.Equal(listener.GetClient(0)!.AssociationID, Assert.Single(log.Lines, line => line.Id == 42).AssociationId);
    }

    [Fact]
    public async Task Traces_AroundHostedCode_SeeWhatIsOnTheWire()
    {
        using var folder = new TestFolder();
        var path = Path.Combine(folder.Path, "trace.pcapng");
        var seen = new ConcurrentQueue<PduTraceEntry>();
        int port;
        await using (var file = new PcapngTrace(path))
        {
            using var listener = Listening(Options with { PduLayer = new TracingPduLayer(new PcapngPduLayer(new BuiltIn(), file), seen.Enqueue) });
            port = listener.HostPort;
            await using var scu = await RawScu.AssociatedAsync(listener.HostPort);

            // The guard's own word, too.
            await scu.Peer.SendAsync(WireBytes.Header(0x2A, 0));
            await scu.Peer.ExpectAsync("AAbort 2/1");
            scu.Peer.Close();
            await Eventually.True(() => listener.GetClientCount() == 0);
        }

        Assert.Equal([2, 7], seen.Where(pdu => pdu.IsSent).Select(pdu => (int)pdu.Type));
        Assert.Equal([2, 7], RawPdu.Parse(RecordedPackets.Read(path).StreamOf(port)).Select(pdu => (int)pdu.Type));
    }

    private double CountOf(string direction, string pdu) =>
        _meters.Sum("dicom.network.pdus", $"network.io.direction={direction}", $"dicom.pdu.type={pdu}");

    private static DicomNet Listening(DicomNetOptions options) => TestScp.Listening(new DicomNet(null, DicomNetSecurityMode.None, options));

    private static DicomAssociate RequestOf(string user)
    {
        var request = TestScu.Request(DicomUids.Verification);
        request.UserIdentity = DicomUserIdentity.FromUsername(user);
        return request;
    }

    /// <summary>Hosts the built-in layer, with a willing application.</summary>
    private sealed class BuiltIn(Action? serving = null) : GuardedPduLayer
    {
        protected internal override Task ServeAsync(PduConnection connection, AAssociateRq request)
        {
            serving?.Invoke();
            return DicomPduLayer.Instance.RunAsync(
                new(connection, AssociationRole.Acceptor, new RecordingHandler(), new() { Log = new RecordingLogger(), Time = TimeProvider.System }));
        }
    }
}
