using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Dicom.Net.Fuzz.Running;
using Dicom.Net.Pdus;
using Dicom.Net.UpperLayer;

namespace Dicom.Net.Fuzz.Conversations;

/// <summary>
/// As <see cref="Conversation"/>, one floor higher: with a <see cref="DicomNet"/> and a program that uses its events, or serves by handlers.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The library closes the connection, which is judged; the object is disposed of in Finish.")]
internal sealed class FacadeConversation
{
    private readonly ConversationPlan _plan;
    private readonly FuzzRandom _random;
    private readonly FuzzCase _case;
    private readonly FuzzConnection _connection = new();
    private readonly FuzzClock _clock = new();
    private readonly FuzzLogger _log;
    private readonly FuzzApplication _application;
    private readonly FuzzHandlers? _handlers;
    private int _delivered;

    public FacadeConversation(ConversationPlan plan, FuzzRandom random, FuzzCase fuzzCase, FuzzHandlers? handlers = null)
    {
        (_plan, _random, _case, _handlers) = (plan, random, fuzzCase, handlers);
        _log = new(fuzzCase);
        var options = new DicomNetOptions { LoggerFactory = _log, TimeProvider = _clock, Handlers = handlers?.Handlers };
        _application = new(new(null, DicomNetSecurityMode.None, options), random.Fork(), fuzzCase, plan.IsPolite, serves: handlers is null);
    }

    public void Run()
    {
        _case.Tell(() => $"{_plan.Role}, {_plan}");
        _application.Net.Run(_connection, _plan.Role);
        var isTold = _plan.Role == AssociationRole.Requestor;
        _connection.Await(() => (_connection.IsWaiting && (_application.HasConnected || !isTold)) || _application.IsOver);
        foreach (var chunk in _plan.Chunks)
        {
            _case.Tell(() => $"peer: {chunk.Length} bytes, {Convert.ToHexString(chunk.Span[..Math.Min(chunk.Length, 16)])}…");
            _delivered += chunk.Length;
            _connection.Deliver(chunk.Span);
            _connection.Settle();
            AwaitAnswer();
            if (_plan.Interrupts && _random.OneIn(3))
            {
                Interrupt();
            }
        }

        Finish();
        Judge();
        _case.IsTaken = _handlers?.WasAsked ?? _application.WasAsked;
    }

    /// <summary>An honest peer that has asked for an association does not go on, nor away, before it has the answer.</summary>
    private void AwaitAnswer()
    {
        var isAsked = _plan is { IsHonest: true, IsPolite: true, Role: AssociationRole.Acceptor }
            && _delivered >= PduHeader.Size + BinaryPrimitives.ReadUInt32BigEndian(_plan.Bytes.AsSpan(2));
        if (isAsked)
        {
            _connection.Await(() => _connection.SentLength > 0 || _connection.IsClosed || _application.IsOver);
        }
    }

    private void Interrupt()
    {
        switch (_random.Next(4))
        {
            case 0:
                _clock.Advance(_random.Pick([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(31), TimeSpan.FromSeconds(61)]));
                break;
            case 1:
                _application.AnswerLater();
                break;
            default:
                _application.WishAnything();
                break;
        }

        _connection.Settle();
    }

    private void Finish()
    {
        for (var minute = 0; minute < 5 && _plan.End == ConversationEnd.Stall && !_application.IsOver; minute++)
        {
            _clock.Advance(TimeSpan.FromSeconds(61));
            _connection.Settle();
        }

        if (_plan.End == ConversationEnd.Break)
        {
            _connection.Break();
        }

        _connection.End();
        _connection.Await(() =>
        {
            // Reading pauses for what was put off.
            _application.AnswerLater();
            _handlers?.LetGo();
            return _application.IsOver;
        });
        FuzzFinding.Unless(_application.IsOver, $"The connection has ended, and the object has not closed; waiting for bytes: {_connection.IsWaiting}.");
        _application.Net.Dispose();
        _connection.Await(() => _connection.IsClosed && _clock.Timers == 0 && _handlers is null or { IsQuiet: true });
    }

    private void Judge()
    {
        FuzzFinding.Unless(_application.Fault is null, _application.Fault ?? "");
        FuzzFinding.Unless(_handlers?.Fault is null, _handlers?.Fault ?? "");
        FuzzFinding.Unless(_handlers is null or { IsQuiet: true }, "A call to a handler has not returned, or its end was not told.");
        FuzzFinding.Unless(_connection.Fault is null, _connection.Fault ?? "");
        FuzzFinding.Unless(_log.Fault is null, _log.Fault ?? "");
        FuzzFinding.Unless(_connection.IsClosed, "The connection was left open.");
        FuzzFinding.Unless(_clock.Timers == 0, $"{_clock.Timers} timers are held after the end.");
        FuzzFinding.Unless(!_application.Net.IsConnected() && !_application.Net.IsAssociated(), "It says that it is connected, or associated.");
        var received = PeerStream.Of(_plan.Bytes.AsSpan(0, _delivered));
        var bytes = _connection.Sent;
        var sent = PeerStream.Of(bytes);
        var isAcceptor = _plan.Role == AssociationRole.Acceptor;
        var check = new SentPduCheck(_plan.Role, received)
        {
            Request = FirstOf(isAcceptor ? received : sent, PduType.AAssociateRq, body => PduReader.ReadAssociateRq(body, PduLimits.Default)),
            ReceivedAnswer = isAcceptor ? null : FirstOf(received, PduType.AAssociateAc, body => PduReader.ReadAssociateAc(body, PduLimits.Default)),
        };
        check.Check(bytes);
        RequireNothingAnsweredTwice(received, PeerStream.Of(bytes));
        if (isAcceptor && _handlers is null && _plan is { IsHonest: true, IsPolite: true, Interrupts: false, End: ConversationEnd.Close })
        {
            Conversation.RequireServed(received, sent);
        }
    }

    private static void RequireNothingAnsweredTwice(PeerStream received, PeerStream sent)
    {
        var asked = received.Messages(out _)?.Where(message => message.MessageId is not null).ToLookup(message => message.MessageId ?? 0);
        var answered = sent.Messages(out _)?
            .Where(message => message.Status is { } status && !status.IsPending())
            .CountBy(message => message.MessageIdBeingRespondedTo ?? 0);
        foreach (var (id, answers) in asked is null ? [] : answered ?? [])
        {
            FuzzFinding.Unless(answers <= asked![id].Count(), $"Message {id} has {answers} final answers.");
        }
    }

    private static T? FirstOf<T>(PeerStream stream, PduType type, Func<byte[], T> read)
        where T : class
    {
        var (found, body) = stream.Pdus.FirstOrDefault(pdu => pdu.Type == type);
        try
        {
            return found == type ? read(body) : null;
        }
        catch (PduException)
        {
            return null;
        }
    }
}
