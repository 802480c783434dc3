using Dicom.Net.Pdus;
using Dicom.Net.Tests.Services;
using Dicom.Net.Tests.Support;
using Dicom.Net.Transport;
using Dicom.Net.UpperLayer;
using Microsoft.Extensions.Time.Testing;

namespace Dicom.Net.Tests;

/// <summary>
/// Each time limit, reached over a real connection, says in the return code, in its words and in the log which one it was; the place comes
/// back. Those for connecting, TLS, idle associations and responses are shown in <see cref="DicomNetConnectTests"/>,
/// <see cref="DicomNetTlsFailureTests"/> and <see cref="ResponseTimeoutTests"/>.
/// </summary>
public sealed class DicomNetTimeLimitsTests : IDisposable
{
    private const int ArtimExpired = 2003, ReceiveTimedOut = 2004, SendTimedOut = 2005, MessageTimedOut = 2011;

    private readonly FakeTimeProvider _time = new();
    private readonly RecordingLogger _log = new();
    private readonly TaskCompletionSource<DicomNetResult> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DicomNet? _listener;

    public void Dispose() => _listener?.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    public async Task Artim_InSta2_SaysThatNoAssociationWasAskedFor(int bytes)
    {
        var listener = Listen();
        await using var silent = await RawScu.ConnectedAsync(listener.HostPort);
        await silent.Peer.SendAsync(WireBytes.Of(WireBytes.Request())[..bytes]);

        await AssertExpiresAsync(DicomExceptionCode.NetArtimTimeout, "asked for no association", ArtimExpired, "Sta2");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Artim_InSta13_SaysThatTheConnectionWasNotClosed(bool afterRelease)
    {
        var listener = Listen();
        await using var lingering = await RawScu.ConnectedAsync(listener.HostPort);
        if (afterRelease)
        {
            await lingering.Peer.AssociateAsync();
            await lingering.Peer.SendAsync(WireBytes.ReleaseRq);
            await lingering.Peer.ExpectAsync(nameof(PduType.AReleaseRp));
        }
        else
        {
            await lingering.Peer.SendAsync(WireBytes.Of(WireBytes.Request() with { ProtocolVersion = 2 }));
            await lingering.Peer.ExpectAsync($"{nameof(PduType.AAssociateRj)} 1/2/2");
        }

        await AssertExpiresAsync(DicomExceptionCode.NetArtimTimeout, "did not close the connection", ArtimExpired, "Sta13");
    }

    [Fact]
    public async Task Pdu_BegunAndNotEnded_SaysSo()
    {
        await using var trickling = await RawScu.AssociatedAsync(Listen().HostPort);
        await trickling.Peer.SendAsync(WireBytes.EchoRq(1)[..20]);

        await AssertExpiresAsync(DicomExceptionCode.NetPduTimeout, "end a PDU", ReceiveTimedOut, "end a PDU");
        await trickling.Peer.ExpectAsync($"{nameof(PduType.AAbort)} 2/0");
    }

    [Fact]
    public async Task Message_BegunAndNotGoneOnWith_SaysSo()
    {
        await using var pausing = await RawScu.AssociatedAsync(Listen().HostPort);
        await pausing.Peer.SendAsync(WireBytes.StoreRq(1));

        await AssertExpiresAsync(DicomExceptionCode.NetReceiveTimeout, "go on with a message", ReceiveTimedOut, "go on with a message");
        await pausing.Peer.ExpectAsync($"{nameof(PduType.AAbort)} 2/0");
    }

    [Fact]
    public async Task Message_NotEndedInItsWholeTime_SaysSo()
    {
        var listener = Listen(new() { MessageTimeout = Timeout.InfiniteTimeSpan, WholeMessageTimeout = TimeSpan.FromMinutes(10) });
        await using var slow = await RawScu.AssociatedAsync(listener.HostPort);
        await slow.Peer.SendAsync(WireBytes.StoreRq(1), WireBytes.StoreData(isLast: false, 1, 2));

        await AssertExpiresAsync(DicomExceptionCode.NetMessageTimeout, "did not end a message within 00:10:00", MessageTimedOut, "00:10:00");
        await slow.Peer.ExpectAsync($"{nameof(PduType.AAbort)} 2/0");
    }

    [Fact]
    public async Task Sent_AndNotRead_SaysSo()
    {
        var listener = Listen();
        listener.CFindRequestReceived += (_, find) =>
        {
            // Until no more fits: 256 messages of 64 KiB are more than two sockets hold.
            using var match = ServicePair.Saying(new string('x', 64 * 1024));
            while (find.Respond(DicomCommandStatusType.Pending, match).IsSuccess)
            {
            }

            find.Handled = true;
        };
        await using var deaf = await RawScu.AssociatedAsync(listener.HostPort);
        await deaf.Peer.SendAsync(RawScu.FindRq(1), RawScu.FindIdentifier);

        await AssertExpiresAsync(DicomExceptionCode.NetSendTimeout, "did not read", SendTimedOut, "did not read");
    }

    [Fact]
    public async Task Connection_ThatTcpGaveUp_SaysSo()
    {
        var (requestor, acceptor) = InMemoryConnection.CreatePair();
        using var net = new DicomNet(null, DicomNetSecurityMode.None, new());
        net.AssociateRequestReceived += (_, request) => request.Accept(request.Association.CreateAcceptAll());
        net.Closed += (_, closed) => _end.TrySetResult(closed.Net.LastError);
        net.Run(acceptor, AssociationRole.Acceptor, cancelled: TestContext.Current.CancellationToken);
        await new ScriptedPeer(requestor).AssociateAsync();

        requestor.Cut(TransportErrorKind.TimedOut);

        Assert.Equal(DicomExceptionCode.NetKeepAliveTimeout, (await _end.Task.WithTimeout()).Code);
    }

    private DicomNet Listen(DicomNetOptions? options = null)
    {
        _listener = TestScp.AcceptingAll((options ?? new()) with { TimeProvider = _time, LoggerFactory = new SingleLoggerFactory(_log) });
        _listener.Closed += (_, closed) => _end.TrySetResult(closed.Net.LastError);
        return _listener;
    }

    private async Task AssertExpiresAsync(DicomExceptionCode code, string words, int eventId, string logged)
    {
        await Eventually.True(() =>
        {
            // The limit begins on another thread: time passes until it has begun and gone by.
            _time.Advance(TimeSpan.FromSeconds(1));
            return _end.Task.IsCompleted;
        });

        var end = await _end.Task;
        Assert.Equal(code, end.Code);
        Assert.Contains(words, end.Message, StringComparison.Ordinal);
        var entry = Assert.Single(_log.Entries, entry => entry.Id.Id == eventId);
        Assert.Contains(logged, entry.Message, StringComparison.Ordinal);
        await Eventually.True(() => (_listener!.Door.Connections.Associations, _listener.Door.Connections.Unassociated) == (0, 0));
    }
}
