using System.Diagnostics;
using System.Net;

namespace Dicom.Net.Diagnostics;

/// <summary>What one connection tells of itself: its id, its place among those that stand, its metrics and its span.</summary>
/// <remarks>Small, since every idle association has one; where nobody listens, it does no more than remember when the association began.</remarks>
internal sealed class AssociationTelemetry(Instruments instruments, TimeProvider time, bool isAcceptor, bool tellsTitles)
{
    private static long _lastId;

    private volatile Standing _standing;
    private bool _wasOpened;
    private long _openedAt;
    private long _overAt;
    private string? _calling;
    private string? _called;
    private IObservedQueues? _driver;
    private IObservedQueues? _exchange;

    private enum Standing
    {
        None,
        Open,
        Over,
    }

    /// <summary>Tells the connection from all others of this process: 1 and up.</summary>
    public long Id { get; } = Interlocked.Increment(ref _lastId);

    public bool IsAcceptor => isAcceptor;

    /// <summary>Whether the association stands: from its acceptance to its release or abort.</summary>
    public bool IsOpen => _standing == Standing.Open;

    /// <summary>Whether <see cref="TellRequested"/> has any effect: titles are escaped for it.</summary>
    public bool WantsTitles => tellsTitles || Spans.HasListeners;

    /// <summary>Whether <see cref="Count"/> has any effect.</summary>
    public bool CountsTraffic => instruments.Pdus.Enabled || instruments.Bytes.Enabled;

    /// <summary>Whether <see cref="BeginOperation"/> has any effect.</summary>
    public bool WantsOperations => instruments.OperationDuration.Enabled || Spans.HasListeners;

    /// <summary>The neighbours in <see cref="OpenConnections"/>, under its lock.</summary>
    public AssociationTelemetry? Older { get; set; }

    /// <inheritdoc cref="Older"/>
    public AssociationTelemetry? Newer { get; set; }

    private Activity? Span { get; set; }

    private string Role => isAcceptor ? TelemetryTag.Acceptor : TelemetryTag.Requestor;

    /// <summary>The connection stands.</summary>
    /// <param name="exchange">Who knows of its operations.</param>
    public void Enter(IObservedQueues exchange)
    {
        _exchange = exchange;
        instruments.Open.Enter(this);
    }

    /// <summary>The connection has ended; called once.</summary>
    public void Leave() => instruments.Open.Leave(this);

    /// <summary>The built-in PDU layer has the connection.</summary>
    public void Attach(IObservedQueues driver) => _driver = driver;

    /// <summary>Adds what waits on this connection.</summary>
    public void AddTo(ref QueueLengths lengths)
    {
        _driver?.AddTo(ref lengths);
        _exchange?.AddTo(ref lengths);
    }

    /// <summary>An association was asked for. The titles are escaped: what a peer sends may be anything.</summary>
    public void TellRequested(string calling, string called, IPEndPoint local, IPEndPoint peer)
    {
        if (tellsTitles)
        {
            (_calling, _called) = (calling, called);
        }

        var parent = isAcceptor ? default : Activity.Current?.Context ?? default;
        if (Spans.HasListeners && Spans.Start("DICOM association", isAcceptor ? ActivityKind.Server : ActivityKind.Client, parent) is { } span)
        {
            span.SetTag(TelemetryTag.AssociationId, Id);
            span.SetTag(TelemetryTag.PartInAssociation, Role);
            span.SetTag(TelemetryTag.CallingTitle, calling);
            span.SetTag(TelemetryTag.CalledTitle, called);
            span.SetTag(TelemetryTag.OwnAddress, local.Address.ToString());
            span.SetTag(TelemetryTag.OwnPort, local.Port);
            span.SetTag(TelemetryTag.PeerAddress, peer.Address.ToString());
            span.SetTag(TelemetryTag.PeerPort, peer.Port);
            Span = span;
        }
    }

    /// <summary>It was accepted, by either side.</summary>
    public void TellOpened()
    {
        _openedAt = time.GetTimestamp();
        _wasOpened = true;
        Interlocked.CompareExchange(ref _standing, Standing.Open, Standing.None);
        if (instruments.OpenedAssociations.Enabled)
        {
            instruments.OpenedAssociations.TryAdd(1, Tags());
        }
    }

    /// <summary>It was rejected, by either side (PS3.8 Table 9-21). Without titles, since anybody may call himself anything.</summary>
    public void TellRejected(byte result, byte source, byte reason)
    {
        Span?.SetTag(TelemetryTag.RejectResult, RejectWords.Result(result));
        Span?.SetTag(TelemetryTag.RejectSource, RejectWords.Source(source));
        Span?.SetTag(TelemetryTag.RejectReason, RejectWords.Reason(source, reason));
        if (!isAcceptor)
        {
            // Who rejects as he should has not failed; who is rejected has.
            Fail("rejected");
        }

        if (instruments.RejectedAssociations.Enabled)
        {
            instruments.RejectedAssociations.TryAdd(1, new TagList
            {
                { TelemetryTag.PartInAssociation, Role },
                { TelemetryTag.RejectResult, RejectWords.Result(result) },
                { TelemetryTag.RejectSource, RejectWords.Source(source) },
                { TelemetryTag.RejectReason, RejectWords.Reason(source, reason) },
            });
        }
    }

    /// <summary>An A-ABORT goes out, or has come.</summary>
    /// <param name="isLocal">Whether this side aborts.</param>
    /// <param name="byProvider">Whether it says that the protocol was broken, and not that the application wants no more (PS3.8 §9.3.8).</param>
    public void TellAborted(bool isLocal, bool byProvider)
    {
        var (side, source) = (isLocal ? "local" : "peer", byProvider ? "service_provider" : "service_user");
        Span?.SetTag(TelemetryTag.AbortSide, side);
        Span?.SetTag(TelemetryTag.AbortSource, source);
        if (instruments.AbortedAssociations.Enabled)
        {
            instruments.AbortedAssociations.TryAdd(1, new TagList
            {
                { TelemetryTag.PartInAssociation, Role }, { TelemetryTag.AbortSide, side }, { TelemetryTag.AbortSource, source },
            });
        }
    }

    /// <summary>It stands no more: released, or about to be aborted.</summary>
    public void TellOver()
    {
        if (Interlocked.Exchange(ref _standing, Standing.Over) != Standing.Over)
        {
            _overAt = time.GetTimestamp();
        }
    }

    /// <summary>The connection has ended.</summary>
    /// <param name="error">Of what, in a word; null: in order.</param>
    public void TellEnded(string? error)
    {
        TellOver();
        if (_wasOpened && instruments.AssociationDuration.Enabled)
        {
            var tags = Tags();
            if (error is not null)
            {
                tags.Add(TelemetryTag.ErrorType, error);
            }

            instruments.AssociationDuration.TryRecord(time.GetElapsedTime(_openedAt, _overAt).TotalSeconds, tags);
        }

        if (error is not null)
        {
            Fail(error);
        }

        if (Span is { } span)
        {
            Spans.Stop(span);
        }
    }

    /// <summary>A time limit of this side has expired.</summary>
    public void TellTimeout(string kind) => instruments.TellTimeout(kind);

    /// <summary>A data set was refused.</summary>
    public void TellDataSetRefused(string reason) => instruments.TellDataSetRefused(reason);

    /// <summary>PDUs have come or go out.</summary>
    /// <param name="isSent">Their direction.</param>
    /// <param name="type">The name of their type.</param>
    /// <param name="length">Bytes, header included.</param>
    public void Count(bool isSent, string type, long length)
    {
        var direction = new KeyValuePair<string, object?>(
            TelemetryTag.Direction, isSent ? TelemetryTag.Transmit : TelemetryTag.Receive);
        instruments.Bytes.TryAdd(length, [direction]);
        instruments.Pdus.TryAdd(1, [direction, new(TelemetryTag.KindOfPdu, type)]);
    }

    /// <summary>A request has begun to arrive, or is to be sent.</summary>
    public OperationTelemetry BeginOperation(in OperationFacts facts)
    {
        var current = facts.IsPerformed ? default : Activity.Current?.Context ?? default;
        var own = Span?.Context ?? default;

        // Its place is in the association. Where the application works on something else, a pooled association serves many, it is there.
        var isElsewhere = current != default && current.TraceId != own.TraceId;
        var span = Spans.HasListeners
            ? Spans.Start(
                facts.Service, facts.IsPerformed ? ActivityKind.Server : ActivityKind.Client, isElsewhere ? current : own,
                link: isElsewhere ? own : default)
            : null;
        return new(instruments.OperationDuration, time, span, facts, _calling, _called, Id);
    }

    private void Fail(string error)
    {
        Span?.SetTag(TelemetryTag.ErrorType, error);
        Span?.SetStatus(ActivityStatusCode.Error);
    }

    private TagList Tags()
    {
        var tags = new TagList { { TelemetryTag.PartInAssociation, Role } };
        if (_calling is not null)
        {
            tags.Add(TelemetryTag.CallingTitle, _calling);
            tags.Add(TelemetryTag.CalledTitle, _called);
        }

        return tags;
    }
}
