using System.Diagnostics.CodeAnalysis;
using Dicom.Net.Associations;
using Dicom.Net.Fuzz.Running;
using Dicom.Net.Fuzz.Targets;
using Dicom.Net.Pdus;
using Dicom.Net.UpperLayer;

namespace Dicom.Net.Fuzz.Conversations;

/// <summary>
/// One conversation of the library with a peer that nobody would want, over a connection in memory and on a clock that it moves itself.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The library closes the connection, which is judged; the log holds nothing.")]
internal sealed class Conversation
{
    /// <summary>Buffers that the pool has not had before, a clock, queues, and lines of the log.</summary>
    private const long AllocatedAlways = 4_000_000;

    /// <summary>For each byte in either direction: an element, a PDU of the least length, an exception with its trace are some objects.</summary>
    private const long AllocatedForEachByte = 200;

    private readonly Allocations _allocations = new();
    private readonly AssociationRole _role;
    private readonly ConversationPlan _plan;
    private readonly FuzzRandom _random;
    private readonly FuzzCase _case;
    private readonly FuzzConnection _connection = new();
    private readonly FuzzClock _clock = new();
    private readonly FuzzLogger _log;
    private readonly FuzzHandler _handler;
    private readonly Task _ended;
    private int _delivered;

    public Conversation(ConversationPlan plan, FuzzRandom random, FuzzCase fuzzCase)
    {
        (_role, _plan, _random, _case) = (plan.Role, plan, random, fuzzCase);
        _log = new(fuzzCase);
        _handler = new(plan.Role, random.Fork(), fuzzCase, plan.IsPolite);
        var options = new AssociationOptions
        {
            Log = _log,
            Time = _clock,
            Spool = plan.Spool,
            MaximumPendingCallbacks = plan.IsPolite ? 32 : random.Pick([1, 2, 32]),
            MaximumPendingSends = plan.IsPolite ? 256 : random.Pick([2, 16, 256]),
        };
        _ended = DicomPduLayer.Instance.RunAsync(new(_connection, plan.Role, _handler, options));
    }

    private bool IsOver => _ended.IsCompleted;

    public void Run()
    {
        _case.Tell(() => $"{_role}, {_plan}");
        foreach (var chunk in _plan.Chunks)
        {
            Deliver(chunk);
            if (_plan.Interrupts && _random.OneIn(3))
            {
                Interrupt();
            }
        }

        switch (_plan.End)
        {
            case ConversationEnd.Stall:
                Stall();
                break;
            case ConversationEnd.Break:
                _connection.Break();
                break;
        }

        Finish();
        _allocations.RequireAtMost(AllocatedAlways, AllocatedForEachByte, _delivered + _connection.SentLength);
        Judge();
        _case.IsTaken = _handler.Request is not null;
    }

    private void Deliver(ReadOnlyMemory<byte> chunk)
    {
        _case.Tell(() => $"peer: {chunk.Length} bytes, {Convert.ToHexString(chunk.Span[..Math.Min(chunk.Length, 16)])}…");
        _delivered += chunk.Length;
        _connection.Deliver(chunk.Span);
        _connection.Settle();
    }

    /// <summary>Something that is not the peer's: the clock, the application, the network.</summary>
    private void Interrupt()
    {
        switch (_random.Next(8))
        {
            case 0 or 1:
                var time = _random.Pick([TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(29), TimeSpan.FromSeconds(31), TimeSpan.FromSeconds(61)]);
                _case.Tell(() => $"clock: {time} pass");
                _clock.Advance(time);
                break;
            case 2 or 3:
                _handler.WishAnything();
                break;
            case 4:
                _case.Tell(() => "application: late calls end");
                _handler.FinishLate();
                break;
            case 5:
                _connection.StallsSends = !_connection.StallsSends;
                _case.Tell(() => $"network: sends stall: {_connection.StallsSends}");
                break;
            case 6:
                _connection.CompleteSend();
                break;
            default:
                _connection.FailsSends = _random.OneIn(4);
                break;
        }

        _connection.Settle();
    }

    /// <summary>Nothing more comes, and time passes.</summary>
    private void Stall()
    {
        _case.Tell(() => "peer: falls silent");
        for (var minute = 0; minute < 5 && !IsOver; minute++)
        {
            _clock.Advance(TimeSpan.FromSeconds(61));
            _connection.Settle();
        }

        if (!_plan.IsPolite || _plan.Interrupts)
        {
            return;
        }

        // The application has answered all that it was asked, so that it is the peer's turn: what it owes has a limit. The peer's bytes are
        // looked at once, before the wait: each look reserves memory, which is counted on this thread, however long the wait is.
        var owesNothing = OwesNothing();
        _connection.Await(() => IsOver || IsIdle(owesNothing));
        FuzzFinding.Unless(IsOver || IsIdle(owesNothing), "The peer owes something for five minutes, and nothing has ended that.");
    }

    /// <summary>An association between two messages may last for ever.</summary>
    private bool IsIdle(bool owesNothing) => owesNothing && _handler.Port.IsAssociated;

    /// <summary>Whether the peer has ended what it has begun to say.</summary>
    private bool OwesNothing()
    {
        var received = PeerStream.Of(_plan.Bytes.AsSpan(0, _delivered));
        return received.IsWhole && received.Messages(out var isWhole) is not null && isWhole;
    }

    private void Finish()
    {
        _connection.StallsSends = false;
        _connection.CompleteSend();
        _connection.End();
        _connection.Settle();
        var answersLate = false;
        if (!IsOver)
        {
            answersLate = _handler.FinishLate() || _handler.IsOverloaded;
            _connection.Settle();
        }

        _connection.Await(() => IsOver || (answersLate |= _handler.FinishLate() | _handler.IsOverloaded));
        if (!IsOver && answersLate)
        {
            // The application did not answer, so that reading paused; it may end what it keeps waiting.
            _case.Tell(() => "application: gives up");
            _handler.Port.CloseForced();
            _connection.Await(() => !_handler.FinishLate() & IsOver);
        }

        FuzzFinding.Unless(IsOver, $"The connection has ended, and the association has not; waiting for bytes: {_connection.IsWaiting}.");
    }

    private void Judge()
    {
        FuzzFinding.Unless(_handler.Fault is null, _handler.Fault ?? "");
        FuzzFinding.Unless(_connection.Fault is null, _connection.Fault ?? "");
        FuzzFinding.Unless(_log.Fault is null, _log.Fault ?? "");
        FuzzFinding.Unless(_handler.End is not null, "The end was not told.");
        FuzzFinding.Unless(_connection.IsClosed, "The connection was left open.");
        FuzzFinding.Unless(_clock.Timers == 0, $"{_clock.Timers} timers are held after the end.");
        var received = PeerStream.Of(_plan.Bytes.AsSpan(0, _delivered));
        var check = new SentPduCheck(_role, received) { Request = _handler.Request, ReceivedAnswer = _handler.ReceivedAnswer };
        var sent = _connection.Sent;
        check.Check(sent);
        if (_plan is { IsHonest: true, IsPolite: true, Interrupts: false, End: ConversationEnd.Close } && _role == AssociationRole.Acceptor)
        {
            RequireServed(received, PeerStream.Of(sent));
        }
    }

    /// <summary>An honest peer and a polite application: each request has its one final answer, and the release is agreed to.</summary>
    public static void RequireServed(PeerStream received, PeerStream sent)
    {
        if (!sent.Has(PduType.AAssociateAc))
        {
            FuzzFinding.Unless(sent.Has(PduType.AAssociateRj), "A request for an association was not answered.");
            return;
        }

        var asked = received.Messages(out _)!.Count(message => message.MessageId is not null);
        var answered = sent.Messages(out _)!.Count(message => message.Status is { } status && status != DicomCommandStatusType.Pending);
        FuzzFinding.Unless(asked == answered, $"{asked} requests have {answered} final answers.");
        FuzzFinding.Unless(received.Has(PduType.AReleaseRq) == sent.Has(PduType.AReleaseRp), "The release was not answered.");
        FuzzFinding.Unless(!sent.Has(PduType.AAbort), "An honest peer was aborted.");
    }
}
