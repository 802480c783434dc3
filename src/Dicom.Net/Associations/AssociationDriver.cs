using System.Diagnostics.CodeAnalysis;
using System.Net;
using Dicom.Net.Diagnostics;
using Dicom.Net.Dimse;
using Dicom.Net.Pdus;
using Dicom.Net.Transport;
using Dicom.Net.UpperLayer;
using Microsoft.Extensions.Logging;

namespace Dicom.Net.Associations;

/// <summary>
/// Drives one association: bytes of the connection, wishes of the application and expired timers become events of the protocol
/// machine; the machine's effects become bytes, timers and calls to the handler.
/// </summary>
/// <remarks>
/// <para>Theory of operation. Four things happen at once, each in an object of its own: the <see cref="ReceivePump"/> reads, the
/// <see cref="SendQueue"/> writes, the <see cref="SerialQueue{T}"/> runs the handler, and <see cref="DeadlineTimer"/>s expire.
/// They meet in the machine.</para>
/// <para>Rule 1: the machine is touched under the gate only, in <c>Step</c>. There, what is to be sent is queued and what is to be
/// told is queued, so that both keep the order of the events; nothing is sent, told or closed under the gate.</para>
/// <para>Rule 2: the pump's end is the connection's end. Whoever wants to end it closes the connection; the pump notices, cleans up
/// what was half received, and queues the one call of OnClosed, behind which nothing can be queued.</para>
/// <para>Rule 3: what the machine leaves blank for a local wish is answered with an outcome, never with an exception.</para>
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "Finish disposes of the timer, EndOfConnection of the message: a driver ends itself.")]
internal sealed partial class AssociationDriver : IPduReceiver, ISendObserver, IAssociationPort
{
    private readonly PduConnection _connection;
    private readonly IAssociationHandler _handler;
    private readonly AssociationOptions _options;
    private readonly AssociationRole _role;
    private readonly AssociationTelemetry _telemetry;
    private readonly ILogger _log;
    private readonly Lock _gate = new();
    private readonly UpperLayerMachine _machine;
    private readonly DimseAssembler _assembler;
    private readonly SerialQueue<Indication> _callbacks;
    private readonly PeerHearing _hearing;
    private readonly ReceivePump _pump;
    private readonly SendQueue _sending;
    private readonly DeadlineTimer _timer;
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private AAssociateRq? _request;
    private volatile NegotiatedParameters? _parameters;
    private volatile bool _finished;
    private AssociationEnd? _end;

    public AssociationDriver(PduLayerContext context)
    {
        _connection = context.Connection;
        _handler = context.Handler;
        _options = context.Options;
        _role = context.Role;
        _telemetry = context.Telemetry;
        _log = context.Log;
        _machine = new(context.Role);
        _limits = _options.PduLimits;
        _assembler = new(_options.DimseLimits);
        _callbacks = new(CallHandlerAsync);
        _hearing = new(_connection);
        _pump = new(_connection, this, _hearing);
        _sending = new(_connection, this, _options.MaximumPendingSends);
        _timer = new(_options.Time, _hearing, OnDeadline);
    }

    /// <summary>For the log.</summary>
    private IPEndPoint Peer => _connection.RemoteEndPoint;

    /// <summary>Runs the association to its end.</summary>
    public Task RunAsync()
    {
        _handler.Attach(this);
        _telemetry.Attach(this);
        if (_role == AssociationRole.Acceptor)
        {
            Step(UpperLayerEvent.Evt5);
        }

        _callbacks.Enqueue(new(IndicationKind.Connected));
        _pump.Start();
        return _completion.Task;
    }

    /// <summary>Brings one event to the machine and carries out what it asks for.</summary>
    /// <param name="evt">What happened.</param>
    /// <param name="pdu">The PDU to tell of; or the item to send, where that is more than its event.</param>
    /// <param name="acceptable">For Evt6: whether the request can be taken.</param>
    /// <param name="reason">For an A-ABORT that the machine may ask for.</param>
    /// <param name="agreed">What holds from now on, if the event has a place in the present state.</param>
    /// <returns>The transition; its action is None where the standard's table is blank.</returns>
    private UpperLayerTransition Step(
        UpperLayerEvent evt,
        object? pdu = null,
        bool acceptable = true,
        AbortReason reason = AbortReason.UnexpectedPdu,
        NegotiatedParameters? agreed = null)
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

            if (agreed is not null)
            {
                Agree(agreed);
            }

            Queue(transition, pdu, reason);

            // Before anybody else asks: what ends in Sta1 does not begin there again.
            _finished |= transition.Next == UpperLayerState.Sta1;
            isOver = before is >= UpperLayerState.Sta3 and <= UpperLayerState.Sta12
                && transition.Next is UpperLayerState.Sta1 or UpperLayerState.Sta13;
        }

        TellOfTransition(transition, pdu);
        if (agreed is not null)
        {
            _telemetry.TellOpened();
        }

        if (isOver)
        {
            _telemetry.TellOver();

            // Before the last word goes out: a peer that has it may ask for the next association at once.
            _handler.OnAssociationOver();
        }

        _sending.Flush();
        if (transition.Next == UpperLayerState.Sta1)
        {
            Finish();
        }

        return transition;
    }

    /// <summary>Ends the connection; the pump does the rest (Rule 2).</summary>
    private void Finish()
    {
        lock (_gate)
        {
            // Under the gate: a pause comes before this, and is taken back below, or sees it, and is none.
            _finished = true;
        }

        _timer.Dispose();
        _sending.Close();
        _connection.Close();
        TellOfRoom();

        // A pump that pauses would never notice.
        GoOn(PauseReasons.All);
    }

    private void EndAs(AssociationEndKind kind, Exception? error = null)
    {
        lock (_gate)
        {
            _end ??= new(kind, error);
        }
    }
}
