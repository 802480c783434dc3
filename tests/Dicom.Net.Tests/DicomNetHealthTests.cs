using System.Net;
using System.Net.Sockets;
using Dicom.Net.Tests.Support;
using Dicom.Net.Tests.Transport;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Dicom.Net.Tests;

/// <summary>What a balancer sees: whether somebody is well, and that he is to end.</summary>
public sealed class DicomNetHealthTests
{
    private readonly RecordingLogger _log = new();
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task HealthPort_WhileListening_AnswersEveryCheckByClosing()
    {
        using var listener = Listening();
        for (var i = 0; i < 5; i++)
        {
            using var check = await Loopback.ConnectAsync(IPAddress.Loopback, listener.HealthPort);
            Assert.Equal(0, await check.ReceiveAsync(new byte[10]).WithTimeout());
        }

        using var resets = await Loopback.ConnectAsync(IPAddress.Loopback, listener.HealthPort);
        resets.LingerState = new(enable: true, seconds: 0);
        resets.Dispose();
        await AssertServedAsync(listener);
        await Eventually.True(() => listener.GetClientCount() == 0);
        Assert.DoesNotContain(_log.Entries, entry => entry.Level > LogLevel.Information);
    }

    [Fact]
    public async Task Close_ClosesTheHealthPortToo()
    {
        using var listener = Listening();
        var port = listener.HealthPort;

        listener.Close();

        Assert.Equal(0, listener.HealthPort);
        await Loopback.AssertRefusedAsync(IPAddress.Loopback, port);
    }

    [Fact]
    public void HealthPort_NotAskedFor_IsNone()
    {
        using var listener = TestScp.AcceptingAll();

        Assert.Equal(0, listener.HealthPort);
    }

    [Fact]
    public void HealthPort_Taken_FailsTheWholeListen()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        using var listener = new DicomNet(null, DicomNetSecurityMode.None, Options() with { HealthPort = ((IPEndPoint)taken.LocalEndpoint).Port });

        Assert.Equal(DicomExceptionCode.NetAddressInUse, listener.Listen("127.0.0.1", 0, 1).Code);
        Assert.Empty(listener.LocalEndPoints);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(65536)]
    public void HealthPort_ThatDoesNotExist_IsRefused(int port) => Assert.Throws<ArgumentOutOfRangeException>(
        () => new DicomNet(null, DicomNetSecurityMode.None, new() { HealthPort = port }));

    [Fact]
    public async Task CloseAsync_WithADelay_FailsTheCheckFirstThenRefusesThenEnds()
    {
        using var listener = Listening();
        var (port, health) = (listener.HostPort, listener.HealthPort);
        using var before = await TestScu.AssociatedAsync(port, DicomUids.Verification);

        var closing = listener.CloseAsync(Timeout.InfiniteTimeSpan, rejectNewcomers: false, delay: TimeSpan.FromSeconds(10));

        await Loopback.AssertRefusedAsync(IPAddress.Loopback, health);
        using var meanwhile = await TestScu.AssociatedAsync(port, DicomUids.Verification);
        Assert.Equal(DicomCommandStatusType.Success, await meanwhile.EchoAsync());
        _time.Advance(TimeSpan.FromSeconds(10));
        await Eventually.True(() => listener.LocalEndPoints.Count == 0);
        await Loopback.AssertRefusedAsync(IPAddress.Loopback, port);
        Assert.Equal(DicomCommandStatusType.Success, await before.EchoAsync());
        Assert.False(closing.IsCompleted);
        await before.ReleaseAsync();
        await meanwhile.ReleaseAsync();
        await closing.WithTimeout();
    }

    [Fact]
    public async Task CloseAsync_WithADelayThatRejects_RejectsOnlyAfterIt()
    {
        using var listener = Listening();
        using var before = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);
        var closing = listener.CloseAsync(Timeout.InfiniteTimeSpan, rejectNewcomers: true, delay: TimeSpan.FromSeconds(10));
        await AssertServedAsync(listener);

        _time.Advance(TimeSpan.FromSeconds(10));

        await Eventually.True(() => listener.RefusesAssociations);
        using var late = new TestScu();
        var rejection = await late.AssociateInVainAsync(listener.HostPort, TestScu.Request(DicomUids.Verification));
        Assert.Equal(DicomAssociateRejectReasonType.Congestion, rejection.Reason);
        await before.ReleaseAsync();
        await closing.WithTimeout();
    }

    [Fact]
    public async Task CloseAsync_ClosedAndListeningAnewDuringTheDelay_LeavesTheNewListenerAlone()
    {
        using var listener = Listening();
        var closing = listener.CloseAsync(Timeout.InfiniteTimeSpan, rejectNewcomers: false, delay: TimeSpan.FromSeconds(10));
        listener.Close();
        TestScp.Listening(listener);

        _time.Advance(TimeSpan.FromSeconds(10));

        await closing.WithTimeout();
        await AssertServedAsync(listener);
    }

    [Fact]
    public async Task CloseAsync_NegativeDelay_IsRefused()
    {
        using var listener = Listening();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => listener.CloseAsync(TimeSpan.Zero, false, TimeSpan.FromSeconds(-1)));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Probe_OfTheDicomPort_IsNoFailure(bool tls, bool resets)
    {
        using var meters = new TestMeterFactory();
        var closed = new List<DicomExceptionCode>();
        using var meeting = new TlsMeeting(options: Options() with { MeterFactory = meters });
        using var plain = Listening(Options() with { MeterFactory = meters });
        var listener = tls ? meeting.Listener : plain;
        meeting.Listener.SecureLinkReady += (_, e) => closed.Add(e.Error);
        listener.Closed += (_, e) => closed.Add(e.Error);
        for (var i = 0; i < 5; i++)
        {
            using var probe = await Loopback.ConnectAsync(IPAddress.Loopback, listener.HostPort);
            if (resets)
            {
                probe.LingerState = new(enable: true, seconds: 0);
            }
        }

        await Eventually.True(() => closed.Count == 5);
        Assert.All(closed, error => Assert.Equal(DicomExceptionCode.Success, error));
        Assert.DoesNotContain(_log.Entries, entry => entry.Level > LogLevel.Debug && entry.Id.Id is not (1000 or 1001));
        Assert.Equal(0, meters.Count("dicom.connection.refused"));
        Assert.Equal(0, meters.Count("dicom.association.duration"));
        Assert.Equal(DicomNetResult.Success, listener.LastError);
    }

    private static async Task AssertServedAsync(DicomNet listener)
    {
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);
        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
        await scu.ReleaseAsync();
    }

    private DicomNetOptions Options() => new() { LoggerFactory = new SingleLoggerFactory(_log), TimeProvider = _time, HealthPort = 0 };

    private DicomNet Listening(DicomNetOptions? options = null) => TestScp.AcceptingAll(options ?? Options());
}
