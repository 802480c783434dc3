using System.Net;
using Dicom.Net.Tests.Support;
using Dicom.Net.Tests.Transport;
using Microsoft.Extensions.Time.Testing;

namespace Dicom.Net.Tests;

/// <summary>CloseAsync: clients get their time to end, newcomers are turned away, and the object is used anew only afterwards.</summary>
public sealed class DicomNetDrainingTests
{
    [Fact]
    public async Task CloseAsync_ClientsEndBeforeTheDeadline_DrainsAndAbortsNobody()
    {
        var time = new FakeTimeProvider();
        using var listener = TestScp.AcceptingAll(new() { TimeProvider = time });
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);
        var port = listener.HostPort;

        var closing = listener.CloseAsync(TimeSpan.FromMinutes(1));

        await Loopback.AssertRefusedAsync(IPAddress.Loopback, port);
        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
        Assert.False(closing.IsCompleted);
        await scu.ReleaseAsync();
        await closing.WithTimeout();
        Assert.Equal(0, listener.GetClientCount());
    }

    [Fact]
    public async Task CloseAsync_DeadlinePasses_AbortsTheRest()
    {
        var time = new FakeTimeProvider();
        var log = new RecordingLogger();
        using var listener = TestScp.AcceptingAll(new() { TimeProvider = time, LoggerFactory = new SingleLoggerFactory(log) });
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);

        var closing = listener.CloseAsync(TimeSpan.FromMinutes(1));
        time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
        Assert.False(closing.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(DicomAbortSourceType.User, (await scu.NextAsync<DicomAbortEventArgs>()).Source);
        await closing.WithTimeout();
        Assert.Equal(0, listener.GetClientCount());
        Assert.Equal(0, log.Count(3017));
    }

    [Fact]
    public async Task CloseAsync_AgainAfterListeningAgain_WaitsForTheNewClients()
    {
        using var listener = TestScp.AcceptingAll();
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);
        var first = listener.CloseAsync(Timeout.InfiniteTimeSpan);
        await scu.ReleaseAsync();
        await first.WithTimeout();
        listener.Listen("127.0.0.1", 0, 1).ThrowIfFailed();
        await scu.AssociateAsync(listener.HostPort, TestScu.Request(DicomUids.Verification));

        var second = listener.CloseAsync(Timeout.InfiniteTimeSpan);

        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
        Assert.False(second.IsCompleted);
        await scu.ReleaseAsync();
        await second.WithTimeout();
    }

    [Fact]
    public async Task CloseAsync_RejectingNewcomers_RejectsThemUntilTheLastHasEnded()
    {
        using var listener = TestScp.AcceptingAll(new() { TimeProvider = new FakeTimeProvider() });
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);
        using var newcomer = new TestScu();
        var port = listener.HostPort;

        var closing = listener.CloseAsync(TimeSpan.FromMinutes(1), rejectNewcomers: true);

        var rejection = await newcomer.AssociateInVainAsync(port, TestScu.Request(DicomUids.Verification));
        Assert.Equal(
            (DicomAssociateRejectResultType.Transient, DicomAssociateRejectSourceType.Provider2, DicomAssociateRejectReasonType.Congestion),
            (rejection.Result, rejection.Source, rejection.Reason));
        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
        Assert.False(closing.IsCompleted);
        await scu.ReleaseAsync();
        await closing.WithTimeout();
        Assert.Equal(0, listener.GetClientCount());
        await Loopback.AssertRefusedAsync(IPAddress.Loopback, port);
    }

    [Fact]
    public async Task CloseAsync_NewcomerStaysConnected_IsNotWaitedForUntilTheDeadline()
    {
        var time = new FakeTimeProvider();
        using var listener = TestScp.AcceptingAll(new() { TimeProvider = time });
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);
        using var newcomer = new TestScu();
        var closing = listener.CloseAsync(TimeSpan.FromMinutes(1), rejectNewcomers: true);
        await newcomer.ConnectAsync(listener.HostPort);
        await Eventually.True(() => listener.GetClientCount() == 2);

        await scu.ReleaseAsync();
        await Eventually.True(() =>
        {
            // Five seconds, from when it waits for the newcomer alone: not from before.
            time.Advance(listener.LocalEndPoints.Count == 0 ? TimeSpan.FromSeconds(1) : TimeSpan.Zero);
            return closing.IsCompleted;
        });
        await closing;
        await Eventually.True(() => !newcomer.Net.IsConnected());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CloseAsync_ConnectedBeforeAndAsksNow_IsRejectedAndTheApplicationIsNotAsked(bool rejectNewcomers)
    {
        using var listener = TestScp.AcceptingAll();
        using var scu = new TestScu();
        await scu.ConnectAsync(listener.HostPort);
        await Eventually.True(() => listener.GetClientCount() == 1);
        var isAsked = false;
        listener.AssociateRequestReceived += (_, _) => isAsked = true;

        var closing = listener.CloseAsync(Timeout.InfiniteTimeSpan, rejectNewcomers);
        scu.Net.SendAssociateRequest(TestScu.Request(DicomUids.Verification)).ThrowIfFailed();

        Assert.Equal(DicomAssociateRejectReasonType.Congestion, (await scu.NextAsync<DicomAssociateRejectEventArgs>()).Reason);
        await closing.WithTimeout();
        Assert.False(isAsked);
    }

    [Fact]
    public async Task Listen_AfterCloseAsync_AcceptsAgain()
    {
        using var listener = TestScp.AcceptingAll();
        await listener.CloseAsync(TimeSpan.Zero, rejectNewcomers: true).WithTimeout();

        listener.Listen("127.0.0.1", 0, 1).ThrowIfFailed();

        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);
        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
    }

    [Fact]
    public async Task Listen_WhileCloseAsyncWaits_IsRefusedUntilThatIsDone()
    {
        using var listener = TestScp.AcceptingAll(new() { TimeProvider = new FakeTimeProvider() });
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);
        var closing = listener.CloseAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(DicomExceptionCode.InvalidState, listener.Listen("127.0.0.1", 0, 1).Code);
        Assert.Equal(DicomExceptionCode.InvalidState, listener.Connect(null, 0, "127.0.0.1", 104).Code);

        await scu.ReleaseAsync();
        await closing.WithTimeout();
        listener.Listen("127.0.0.1", 0, 1).ThrowIfFailed();
    }

    [Fact]
    public async Task CloseAsync_ListensOnlyDuringTheDelay_LeavesThatAlone()
    {
        var time = new FakeTimeProvider();
        using var listener = new DicomNet(null, new() { TimeProvider = time });
        var closing = listener.CloseAsync(TimeSpan.Zero, rejectNewcomers: false, delay: TimeSpan.FromMinutes(1));
        listener.Listen("127.0.0.1", 0, 1).ThrowIfFailed();

        time.Advance(TimeSpan.FromMinutes(1));

        await closing.WithTimeout();
        Assert.Single(listener.LocalEndPoints);
    }

    [Theory]
    [InlineData(-5, 0)]
    [InlineData(5_000_000, 0)]
    [InlineData(0, -5)]
    [InlineData(0, 5_000_000)]
    public async Task CloseAsync_ArgumentOutOfRange_ChangesNothing(int deadline, int delay)
    {
        using var listener = TestScp.AcceptingAll(new() { HealthPort = 0 });
        var health = listener.HealthPort;

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => listener.CloseAsync(
            TimeSpan.FromSeconds(deadline), rejectNewcomers: false, delay: TimeSpan.FromSeconds(delay)).WithTimeout());

        Assert.NotEqual(0, health);
        Assert.Equal(health, listener.HealthPort);
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);
        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
    }

    [Fact]
    public async Task CloseAsync_WithoutClients_IsDoneAtOnce()
    {
        using var listener = TestScp.AcceptingAll();

        await listener.CloseAsync(TimeSpan.Zero).WithTimeout();

        Assert.Empty(listener.LocalEndPoints);
    }
}
