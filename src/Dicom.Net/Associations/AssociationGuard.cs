using System.Diagnostics.CodeAnalysis;
using System.Net;
using Dicom.Net.Diagnostics;
using Dicom.Net.Dimse;
using Dicom.Net.Pdus;
using Dicom.Net.Transport;
using Dicom.Net.UpperLayer;
using Microsoft.Extensions.Logging;

namespace Dicom.Net.Associations;

/// <summary>Stands between the hosted code of a <see cref="GuardedPduLayer"/> and the peer of one association.</summary>
/// <remarks>
/// <para>Theory of operation. The machine is driven by what passes: a PDU of the peer is the event that it is to any acceptor, one of the hosted code
/// is the wish that would have brought it forth. An effect that sends a PDU is carried out by letting the hosted code's pass, or by saying
/// one of our own where the wish was ours.</para>
/// <para>Rule 1: the machine is touched under the gate only, in <c>Step</c>; nothing is sent, told or closed there.</para>
/// <para>Rule 2: whoever sends holds <c>_sending</c> from the step to the last byte, so that PDUs go out whole and in the order of the steps.</para>
/// <para>Rule 3: in Sta1 the connection is closed; in Sta13 the hosted code reads no more, and what still comes is dropped.</para>
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "RunAsync disposes of the timer; the rest holds nothing of the system's.")]
internal sealed partial class AssociationGuard
{
    private readonly PduConnection _connection;
    private readonly IAssociationHandler _handler;
    private readonly AssociationOptions _options;
    private readonly ILogger _log;
    private readonly AssociationTelemetry _telemetry;
    private readonly GuardedPduLayer _layer;
    private readonly Lock _gate = new();
    private readonly UpperLayerMachine _machine = new(AssociationRole.Acceptor);
    private readonly DimseAssembler _assembler;
    private readonly PeerHearing _hearing;
    private readonly DeadlineTimer _timer;
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _noMoreReading = new();
    private AAssociateRq? _request;
    private NegotiatedParameters? _parameters;
    private AssociationEnd? _end;

    public AssociationGuard(PduLayerContext context, GuardedPduLayer layer)
    {
        _connection = context.Connection;
        _handler = context.Handler;
        _options = context.Options;
        _log = context.Log;
        _telemetry = context.Telemetry;
        _layer = layer;
        _limits = _options.PduLimits;
        _assembler = new(_options.DimseLimits);
        _hearing = new(_connection);
        _timer = new(_options.Time, _hearing, OnDeadline);
    }

    public PduConnection Connection => _connection;

    private IPEndPoint Peer => _connection.RemoteEndPoint;

    private bool IsOver => _over.Task.IsCompleted;

    /// <summary>Runs the connection to its end, and the hosted code to its own.</summary>
    public async Task RunAsync()
    {
        _handler.Attach(this);
        Step(UpperLayerEvent.Evt5);
        await _handler.OnConnectedAsync().ConfigureAwait(false);
        var hosted = Task.CompletedTask;
        try
        {
            if (await AdmitAsync().ConfigureAwait(false) is { } admitted)
            {
                hosted = Task.Run(() => HostAsync(admitted));
            }

            await _over.Task.ConfigureAwait(false);
            await LingerAsync().ConfigureAwait(false);
        }
        finally
        {
            _timer.Dispose();
            _connection.Close();
        }

        await hosted.ConfigureAwait(false);
        _telemetry.TellEnded(AssociationDriver.WordOf(_end?.Kind ?? AssociationEndKind.Orderly));
        await _handler.OnClosedAsync(_end ?? new(AssociationEndKind.Orderly)).ConfigureAwait(false);
    }

    /// <summary>Brings one event to the machine, and carries out what sends nothing.</summary>
    /// <returns>The transition; its action is None where the standard's table is blank.</returns>
    private UpperLayerTransition Step(UpperLayerEvent evt, bool acceptable = true)
    {
        UpperLayerTransition transition;
        bool isOver;
        lock (_gate)
        {
            var before = _machine.State;
            transition = _machine.Handle(evt, acceptable);
            if (transition.Action == UpperLayerAction.None)
            {
                return transition;
            }

            if (evt == UpperLayerEvent.Evt18)
            {
                // Only where the machine takes it for one: what has come in the meantime was in time.
                _end ??= new(AssociationEndKind.ArtimExpired, LatePeer.AtArtim(before));
            }

            StartTimers(transition);
            isOver = before is >= UpperLayerState.Sta3 and <= UpperLayerState.Sta12 && HasEnded(transition);
        }

        if (transition.Action == UpperLayerAction.AE7)
        {
            _telemetry.TellOpened();
        }

        if (isOver)
        {
            _telemetry.TellOver();

            // Before the last word goes out: a peer that has it may ask for the next association at once.
            _handler.OnAssociationOver();
        }

        if (HasEnded(transition))
        {
            End(transition.Next);
        }

        return transition;
    }

    private static bool HasEnded(UpperLayerTransition transition) => transition.Next is UpperLayerState.Sta1 or UpperLayerState.Sta13;

    private void End(UpperLayerState state)
    {
        if (_over.TrySetResult())
        {
            _handler.OnEnding();
        }

        // Elsewhere: the hosted code that reads may be the caller, too.
        _ = _noMoreReading.CancelAsync();
        if (state == UpperLayerState.Sta1)
        {
            _connection.Close();
        }
    }

    /// <summary>Reads the A-ASSOCIATE-RQ, and has it admitted.</summary>
    /// <returns>What the hosted code reads and writes; null where the association is refused, or over already.</returns>
    private async Task<GuardedConnection?> AdmitAsync()
    {
        try
        {
            var pdu = await NextPduAsync(CancellationToken.None).ConfigureAwait(false);
            return pdu.Count > 0 ? await AdmitAsync(pdu, _request!).ConfigureAwait(false) : null;
        }
        catch (IOException)
        {
            // The machine has been told.
            return null;
        }
    }

    private async Task<GuardedConnection?> AdmitAsync(ArraySegment<byte> pdu, AAssociateRq request)
    {
        var asking = _handler.RefusalOfAsync(request).AsTask();

        // Where that takes its time, a peer that leaves meanwhile is noticed.
        var ahead = asking.IsCompleted ? null : NextPduAsync(CancellationToken.None).AsTask();
        if (await asking.ConfigureAwait(false) is { } refusal && !IsOver)
        {
            _telemetry.TellRejected(refusal.Result, refusal.Source, refusal.Reason);
            Say(UpperLayerEvent.Evt8, OutgoingPdu.Of(refusal));
        }

        if (!IsOver)
        {
            return new(this, pdu, ahead);
        }

        await ((Task?)ahead ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return null;
    }

    private async Task HostAsync(GuardedConnection connection)
    {
        using var scope = AssociationScope.Enter(_log);
        try
        {
            await _layer.ServeAsync(connection, _request!).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            if (!IsOver)
            {
                AssociationLog.HostedFailed(_log, error, Peer);
                EndAs(AssociationEndKind.Failure, error);
            }
            else
            {
                AssociationLog.HostedFailedLate(_log, error, Peer);
            }
        }

        Leave();
    }

    /// <summary>What still comes is dropped until the peer closes, or ARTIM expires: unread bytes would turn the close into a reset.</summary>
    private async Task LingerAsync()
    {
        // Who still reads stops; who wants to read from now on sees that it is over.
        await _receiving.WaitAsync().ConfigureAwait(false);
        _receiving.Release();
        var dropped = new byte[256];
        try
        {
            while (_machine.State == UpperLayerState.Sta13
                && await _connection.ReceiveAsync(dropped, CancellationToken.None).ConfigureAwait(false) > 0)
            {
            }
        }
        catch (IOException)
        {
            // Closed by ARTIM, or cut by the peer: the end either way.
        }

        await HasSpokenAsync().ConfigureAwait(false);
        Step(UpperLayerEvent.Evt17);
    }

    private void Count(bool isSent, ReadOnlySpan<byte> pdu)
    {
        if (_telemetry.CountsTraffic)
        {
            _telemetry.Count(isSent, PduSummary.NameOf(pdu[0]), pdu.Length);
        }
    }

    private void EndAs(AssociationEndKind kind, Exception? error = null)
    {
        lock (_gate)
        {
            _end ??= new(kind, error);
        }
    }
}
