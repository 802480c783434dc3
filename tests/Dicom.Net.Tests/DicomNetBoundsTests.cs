using System.Collections.Concurrent;
using Dicom.Net.Pdus;
using Dicom.Net.Tests.Support;
using Dicom.Net.Transport;
using Microsoft.Extensions.Time.Testing;

namespace Dicom.Net.Tests;

/// <summary>What a peer or an application can make wait is bounded, and nothing of it is lost.</summary>
public sealed class DicomNetBoundsTests : IAsyncLifetime
{
    private readonly DicomNet _listener = TestScp.AcceptingAll();
    private readonly ConcurrentQueue<DicomCEchoRequestEventArgs> _told = new();
    private SocketConnection? _connection;

    private ScriptedPeer Peer => new(_connection!);

    public async ValueTask InitializeAsync()
    {
        var socket = await TransportConnector.ConnectAsync(
            null, 0, "127.0.0.1", _listener.HostPort, IpType.IPv4, null, TimeProvider.System, TestContext.Current.CancellationToken);
        _connection = new(socket);
        await Peer.AssociateAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _connection!.DisposeAsync();
    }

    [Fact]
    public async Task Requests_OneMessageIdTwice_TheSecondIsRefusedAndTheFirstAnswered()
    {
        AnswerLater();

        await Peer.SendAsync(WireBytes.EchoRq(7), WireBytes.EchoRq(7));
        var refusal = WireBytes.CommandOf(await Peer.ReceiveAsync());
        Assert.Single(_told).Respond(DicomCommandStatusType.Success).ThrowIfFailed();
        var answer = WireBytes.CommandOf(await Peer.ReceiveAsync());

        Assert.Equal((7, DicomCommandStatusType.DuplicateInvocation), ((int)refusal.MessageIdBeingRespondedTo!, refusal.Status));
        Assert.Equal((7, DicomCommandStatusType.Success), ((int)answer.MessageIdBeingRespondedTo!, answer.Status));
    }

    [Fact]
    public async Task Requests_MoreThanMayWaitForAnAnswer_AreReadAsAnswersGo()
    {
        const int count = 300;
        AnswerLater();

        var sending = Peer.SendAsync([.. Enumerable.Range(0, count).Select(id => WireBytes.EchoRq((ushort)id))]);
        for (var id = 0; id < count; id++)
        {
            await Eventually.True(() => !_told.IsEmpty);
            // One more than a window can allow, and the 32 that were read before the pause.
            Assert.InRange(_told.Count, 1, 45);
            Assert.True(_told.TryDequeue(out var question));
            question.Respond(DicomCommandStatusType.Success).ThrowIfFailed();
            Assert.Equal(id, (int)WireBytes.CommandOf(await Peer.ReceiveAsync()).MessageIdBeingRespondedTo!);
        }

        await sending;
    }

    [Fact]
    public async Task Requests_ClosedByForceWhileTooManyWait_EndsAllTheSame()
    {
        var told = 0;
        var closed = new TaskCompletionSource();
        _listener.Closed += (_, _) => closed.TrySetResult();
        _listener.CEchoRequestReceived += (sender, e) =>
        {
            e.Handled = true;
            if (++told == 13)
            {
                // Reading is about to pause until one of them is answered, and none will be.
                ((DicomNet)sender!).CloseForced(true);
            }
        };

        await Peer.SendAsync([.. Enumerable.Range(0, 48).Select(id => WireBytes.EchoRq((ushort)id))]);
        await closed.Task.WithTimeout();
        Assert.Equal(0, _listener.GetClientCount());
    }

    [Fact]
    public async Task Answers_PeerReadsThemLate_AreAllThere()
    {
        const int count = 30_000;
        var handled = 0;
        _listener.CEchoRequestReceived += (_, _) => Interlocked.Increment(ref handled);

        var sending = Peer.SendAsync([.. Enumerable.Range(0, count).Select(id => WireBytes.EchoRq((ushort)id))]);
        await Eventually.True(() => Volatile.Read(ref handled) >= 1000);
        for (var id = 0; id < count; id++)
        {
            Assert.Equal(id, (int)WireBytes.CommandOf(await Peer.ReceiveAsync()).MessageIdBeingRespondedTo!);
        }

        await sending;
    }

    [Fact]
    public async Task Notification_OneHandlerThrows_TheOthersAreCalled()
    {
        var called = new TaskCompletionSource();
        _listener.DataReceived += (_, _) => throw new InvalidOperationException("The test's.");
        _listener.DataReceived += (_, _) => called.TrySetResult();

        Assert.Equal(DicomCommandStatusType.Success, await Peer.EchoAsync(1));
        await called.Task.WithTimeout();
    }

    [Fact]
    public async Task OnSend_OfARequest_ComesBeforeItsResponse()
    {
        const int count = 2000;
        var order = new ConcurrentQueue<string>();
        using var scu = await TestScu.AssociatedAsync(_listener.HostPort, DicomUids.Verification);
        scu.Net.Sent += (_, e) => order.Enqueue("sent");
        scu.Net.CEchoResponseReceived += (_, e) => order.Enqueue("answered");

        for (var i = 0; i < count; i++)
        {
            await scu.EchoAsync();
        }

        await Eventually.True(() => order.Count == 2 * count);
        Assert.Equal(Enumerable.Repeat<string[]>(["sent", "answered"], count).SelectMany(pair => pair), order);
    }

    [Fact]
    public async Task CloseAsync_AHandlerNeverReturns_EndsSecondsAfterTheDeadlineAndSaysSo()
    {
        using var release = new ManualResetEventSlim();
        var entered = new TaskCompletionSource();
        var time = new FakeTimeProvider();
        var log = new RecordingLogger();
        using var listener = TestScp.AcceptingAll(new() { TimeProvider = time, LoggerFactory = new SingleLoggerFactory(log) });
        listener.CEchoRequestReceived += (_, _) =>
        {
            entered.SetResult();
            release.Wait();
        };
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);
        scu.Net.SendCEchoRequest(1, 1, DicomUids.Verification).ThrowIfFailed();
        await entered.Task.WithTimeout();

        var closing = listener.CloseAsync(TimeSpan.FromSeconds(10));
        time.Advance(TimeSpan.FromSeconds(10));
        await scu.ClosedAsync();
        await Eventually.True(() =>
        {
            time.Advance(TimeSpan.FromSeconds(5));
            return closing.IsCompleted;
        });

        Assert.Equal(1, listener.GetClientCount());
        var told = Assert.Single(log.Entries, entry => entry.Id.Id == 3017);
        Assert.EndsWith("not waited for any longer: 1", told.Message, StringComparison.Ordinal);
        release.Set();
    }

    [Fact]
    public async Task Accept_Point28NoAsynchronousWindowProposed_NoneIsAnswered()
    {
        using var socket = await TransportConnector.ConnectAsync(
            null, 0, "127.0.0.1", _listener.HostPort, IpType.IPv4, null, TimeProvider.System, TestContext.Current.CancellationToken);
        await using var connection = new SocketConnection(socket);
        var peer = new ScriptedPeer(connection);

        await peer.SendAsync(WireBytes.Of(WireBytes.Request()));
        var accept = await peer.ReceiveAsync();

        Assert.Null(PduReader.ReadAssociateAc(accept.Body, PduLimits.Default).UserInformation.AsynchronousOperationsWindow);
    }

    private void AnswerLater() => _listener.CEchoRequestReceived += (_, e) =>
    {
        e.Handled = true;
        _told.Enqueue(e);
    };
}
