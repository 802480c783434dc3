using Dicom.Net.Associations;
using Dicom.Net.Pdus;
using Dicom.Net.Tests.Support;
using Dicom.Net.Transport;
using Dicom.Net.UpperLayer;
using Microsoft.Extensions.Time.Testing;

namespace Dicom.Net.Tests.Associations;

/// <summary>A peer and hosted code, with the guard between them; the test plays both.</summary>
internal sealed class GuardMeeting : IAsyncDisposable
{
    private readonly Layer _layer;

    public GuardMeeting(Func<AssociationOptions, AssociationOptions>? change = null, bool takesCancels = true)
    {
        _layer = new(takesCancels);
        (PeersConnection, OwnConnection) = InMemoryConnection.CreatePair();
        var options = new AssociationOptions { Log = Log, Time = Time };
        Running = _layer.RunAsync(new(OwnConnection, AssociationRole.Acceptor, Handler, change?.Invoke(options) ?? options));
    }

    public RecordingHandler Handler { get; } = new();

    public RecordingLogger Log { get; } = new();

    public FakeTimeProvider Time { get; } = new();

    public InMemoryConnection PeersConnection { get; }

    public InMemoryConnection OwnConnection { get; }

    public Task Running { get; }

    public ScriptedPeer Peer => new(PeersConnection);

    /// <summary>The connection of the hosted code, once it has one.</summary>
    public Task<PduConnection> Guarded => _layer.Guarded.Task.WithTimeout();

    public bool IsHosted => _layer.Guarded.Task.IsCompleted;

    public static async Task<GuardMeeting> AssociatedAsync(
        Func<AssociationOptions, AssociationOptions>? change = null, bool takesCancels = true)
    {
        var meeting = new GuardMeeting(change, takesCancels);
        await meeting.Peer.SendAsync(WireBytes.Of(WireBytes.Request()));
        var hosted = await meeting.HostedAsync();
        await hosted.ExpectAsync(nameof(PduType.AAssociateRq));
        await hosted.SendAsync(WireBytes.Of(WireBytes.Answer(WireBytes.Request())));
        await meeting.Peer.ExpectAsync(nameof(PduType.AAssociateAc));
        return meeting;
    }

    public async Task<ScriptedPeer> HostedAsync() => new(await Guarded);

    /// <summary>The hosted code comes to its end.</summary>
    public void LeaveHosted(Exception? error = null)
    {
        if (error is null)
        {
            _layer.MayEnd.TrySetResult();
        }
        else
        {
            _layer.MayEnd.TrySetException(error);
        }
    }

    /// <summary>Whether a request is refused is for the test to say.</summary>
    public TaskCompletionSource<AAssociateRj?> RefuseLater()
    {
        var rule = new TaskCompletionSource<AAssociateRj?>(TaskCreationOptions.RunContinuationsAsynchronously);
        Handler.Refusal = rule.Task;
        return rule;
    }

    /// <summary>What the peer has sent has been read, and timed.</summary>
    public Task HeardAsync() => Eventually.True(() => OwnConnection.Unreceived == 0);

    /// <summary>The peer closes and the hosted code ends; how it all ended.</summary>
    public async Task<AssociationEndKind> EndAsync()
    {
        PeersConnection.Close();
        LeaveHosted();
        await Running.WithTimeout();
        return Handler.End.Kind;
    }

    public async ValueTask DisposeAsync()
    {
        PeersConnection.Close();
        LeaveHosted();
        await Running.WithTimeout();
    }

    private sealed class Layer(bool takesCancels) : GuardedPduLayer
    {
        public TaskCompletionSource<PduConnection> Guarded { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource MayEnd { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected internal override bool TakesCancels => takesCancels;

        protected internal override Task ServeAsync(PduConnection connection, AAssociateRq request)
        {
            Guarded.SetResult(connection);
            return MayEnd.Task;
        }
    }
}
