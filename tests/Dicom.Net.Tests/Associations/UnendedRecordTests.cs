using Dicom.Net.Associations;
using Dicom.Net.Pdus;
using Dicom.Net.Tests.Support;
using Dicom.Net.Tests.Transport;
using Dicom.Net.Transport;
using Dicom.Net.UpperLayer;
using Microsoft.Extensions.Time.Testing;

namespace Dicom.Net.Tests.Associations;

/// <summary>A TLS record that is begun and not ended holds up no time limit, whether the peer falls silent in it or sends one byte of it now and then.</summary>
public sealed class UnendedRecordTests : IAsyncLifetime
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>Application data, TLS 1.2 by its own account, 16,384 bytes of it (RFC 8446 §5.1): enough to go on sending.</summary>
    private static readonly byte[] RecordHeader = [0x17, 3, 3, 0x40, 0];

    private readonly FakeTimeProvider _time = new();
    private readonly RecordingHandler _handler = new();
    private TlsPair _pair = null!;
    private Task _running = Task.CompletedTask;

    private ScriptedPeer Peer => new(_pair.Client);

    public async ValueTask InitializeAsync() => _pair = await TlsPair.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        await _pair.DisposeAsync();
        await _running.WithTimeout();
    }

    [Theory]
    [MemberData(nameof(Peers))]
    public async Task Request_Awaited_IsClosedByArtim(bool isHosted, bool trickles)
    {
        Run(isHosted);

        Assert.Equal(AssociationEndKind.ArtimExpired, await EndOfRecordAsync(trickles));
    }

    [Theory]
    [MemberData(nameof(Peers))]
    public async Task Pdu_Begun_IsAborted(bool isHosted, bool trickles)
    {
        Run(isHosted);
        await Peer.AssociateAsync();
        await Peer.SendAsync(WireBytes.EchoRq(1)[..20]);

        Assert.Equal(AssociationEndKind.PduTimeout, await EndOfRecordAsync(trickles));
    }

    [Theory]
    [MemberData(nameof(Peers))]
    public async Task Message_Begun_IsAborted(bool isHosted, bool trickles)
    {
        Run(isHosted);
        await Peer.AssociateAsync();
        await Peer.SendAsync(WireBytes.StoreRq(1));

        Assert.Equal(AssociationEndKind.ReceiveTimeout, await EndOfRecordAsync(trickles));
    }

    [Theory]
    [MemberData(nameof(Peers))]
    public async Task Message_ThatTakesTooLongAsAWhole_IsAborted(bool isHosted, bool trickles)
    {
        Run(isHosted, options => options with { MessageTimeout = Timeout.InfiniteTimeSpan, WholeMessageTimeout = 100 * Second });
        await Peer.AssociateAsync();
        await Peer.SendAsync(WireBytes.StoreRq(1), WireBytes.StoreData(isLast: false, 1, 2));

        Assert.Equal(AssociationEndKind.MessageTimeout, await EndOfRecordAsync(trickles));
    }

    [Theory]
    [MemberData(nameof(Peers))]
    public async Task Association_Idle_IsAborted(bool isHosted, bool trickles)
    {
        Run(isHosted, options => options with { IdleTimeout = 100 * Second, AbortsIdle = true });
        await Peer.AssociateAsync();

        Assert.Equal(AssociationEndKind.IdleTimeout, await EndOfRecordAsync(trickles));
    }

    public static TheoryData<bool, bool> Peers => new() { { false, false }, { false, true }, { true, false }, { true, true } };

    private void Run(bool isHosted, Func<AssociationOptions, AssociationOptions>? change = null)
    {
        IPduLayer layer = isHosted ? new Reading() : DicomPduLayer.Instance;
        var options = new AssociationOptions { Log = new RecordingLogger(), Time = _time };
        _running = layer.RunAsync(new(_pair.Server, AssociationRole.Acceptor, _handler, change?.Invoke(options) ?? options));
    }

    /// <summary>The peer begins a record, and time passes until the connection has ended.</summary>
    private async Task<AssociationEndKind> EndOfRecordAsync(bool trickles)
    {
        await TrickleAsync(RecordHeader);
        await Eventually.True(() => _pair.BelowServer.Received == _pair.BelowServer.CountCome());
        await Eventually.True(() =>
        {
            if (trickles)
            {
                // When the connection has ended, it fails.
                _ = TrickleAsync([0]);
            }

            _time.Advance(Second);
            return _running.IsCompleted;
        });

        return _handler.End.Kind;
    }

    private Task TrickleAsync(byte[] bytes) => _pair.BelowClient.SendAsync(bytes, CancellationToken.None).AsTask();

    /// <summary>Hosted code that accepts every association, and reads.</summary>
    private sealed class Reading : GuardedPduLayer
    {
        protected internal override async Task ServeAsync(PduConnection connection, AAssociateRq request)
        {
            var room = new byte[1000];
            await connection.SendAsync(WireBytes.Of(WireBytes.Answer(request)), CancellationToken.None);
            while (await connection.ReceiveAsync(room, CancellationToken.None) > 0)
            {
            }
        }
    }
}
