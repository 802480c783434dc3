using System.Net;
using Dicom.Net.Diagnostics;
using Dicom.Net.Pdus;
using Dicom.Net.Tests.Services;
using Dicom.Net.Tests.Support;
using Microsoft.Extensions.Logging;

namespace Dicom.Net.Tests.Diagnostics;

/// <summary>A log provider that throws, whatever it is asked: everything goes on as it would.</summary>
public sealed class ForgivingLogTests
{
    private readonly ThrowingLog _log = new();

    private DicomNetOptions Options => new() { LoggerFactory = new SingleLoggerFactory(_log) };

    [Fact]
    public async Task Association_FromItsBeginningToItsEnd_IsServed()
    {
        using var listener = TestScp.AcceptingAll(Options);
        listener.CStoreRequestReceived += (_, request) => request.Respond(DicomCommandStatusType.Success);
        using var scu = new TestScu(Options);
        await scu.AssociateAsync(listener.HostPort, TestScu.Request(DicomUids.Verification, TestInstance.SopClass));
        using var instance = TestInstance.Create();

        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
        Assert.Equal(DicomCommandStatusType.Success, await scu.StoreAsync(instance));
        await scu.ReleaseAsync();

        await Eventually.True(() => listener.GetClientCount() == 0);
    }

    [Fact]
    public async Task Callback_Throws_IsAnsweredAllTheSame()
    {
        using var listener = TestScp.AcceptingAll(Options);
        listener.CEchoRequestReceived += (_, _) => throw new InvalidOperationException("The test's.");
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);

        Assert.Equal(DicomCommandStatusType.ProcessingFailure, await scu.EchoAsync());
        Assert.True(_log.Asked > 0);
    }

    [Fact]
    public async Task Handler_Throws_IsAnsweredAllTheSame()
    {
        var handlers = new DicomHandlers { Supported = Scp.ServedPeer.Everything() }
            .OnCEcho((_, _) => throw new InvalidOperationException("The test's."));
        using var listener = TestScp.AcceptingAll(Options with { Handlers = handlers });
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);

        Assert.Equal(DicomCommandStatusType.ProcessingFailure, await scu.EchoAsync());
    }

    [Fact]
    public async Task PeerBreaksTheProtocol_IsAbortedAndTheNextServed()
    {
        using var listener = TestScp.AcceptingAll(Options with { Limits = new() { MaximumAssociations = 1 } });
        await using (var rude = await RawScu.AssociatedAsync(listener.HostPort))
        {
            await using var second = await RawScu.ConnectedAsync(listener.HostPort);
            await second.Peer.SendAsync(WireBytes.Of(WireBytes.Request()));
            await second.Peer.ExpectAsync($"{nameof(PduType.AAssociateRj)} 2/3/2");
            await rude.Peer.SendAsync(WireBytes.Header(9, 1));
            await rude.Peer.ExpectAsync($"{nameof(PduType.AAbort)} 2/1");
        }

        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);
        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
    }

    [Fact]
    public async Task Trace_ThatHasToLeaveOutAPacket_ChangesNothing()
    {
        using var folder = new TemporaryFolder();
        await using var trace = new PcapngTrace(
            Path.Combine(folder.Path, "trace.pcapng"), new() { LoggerFactory = Options.LoggerFactory, MaximumQueuedBytes = 64 * 1024 });
        var peer = new IPEndPoint(IPAddress.Loopback, 11112);

        // Longer than all that may wait to be written: a test of a full queue that does not depend on the disk.
        trace.Add(new(DateTimeOffset.UnixEpoch, peer, peer, default, Sequence: 1, Acknowledgment: 1) { Length = 100_000 });

        Assert.Equal(1, trace.Dropped);
        Assert.Equal(1, _log.Asked);
    }

    private sealed class ThrowingLog : ILogger
    {
        private int _asked;

        public int Asked => _asked;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Throw();

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            Throw();
            return null;
        }

        private void Throw()
        {
            Interlocked.Increment(ref _asked);
            throw new IOException("The disk of the log is full.");
        }
    }
}
