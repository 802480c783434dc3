using System.Diagnostics.CodeAnalysis;
using Dicom.Net.Associations;
using Dicom.Net.Diagnostics;
using Dicom.Net.Dimse;
using Microsoft.Extensions.Logging;

namespace Dicom.Net;

/// <summary>
/// The requests of this side on one association: those under way, which wait for their final response, and those that wait for their turn,
/// since the asynchronous operations window allows no more at once (PS3.7 §D.3.3.3). Without a negotiated window that is one.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Close disposes of the timer: it comes with the end of the association.")]
internal sealed partial class SentRequests(PeerExchange exchange, ILogger log, string peer, DicomNetOptions options)
{
    private readonly int _mostWaiting = options.Limits.MaximumWaitingRequests;

    // By message id. Also the lock.
    private readonly Dictionary<int, SentRequest> _underWay = [];
    private readonly LinkedList<SentRequest> _waiting = new();
    private TaskCompletionSource? _roomWanted;
    private bool _isClosed;

    /// <summary>When a request may go out.</summary>
    private enum Turn
    {
        Now,
        Later,
        IdInUse,
        TooMany,
        Over,
    }

    /// <summary>Whether any waits, for its turn or for its response.</summary>
    public bool HasAny
    {
        get
        {
            lock (_underWay)
            {
                return _underWay.Count > 0 || _waiting.Count > 0;
            }
        }
    }

    /// <summary>Whether requests wait for their turn.</summary>
    public bool HasWaiting
    {
        get
        {
            lock (_underWay)
            {
                return _waiting.Count > 0;
            }
        }
    }

    // Before the answer to an association is known there is no more than one thing to ask.
    private int Window => exchange.Agreement?.Operations.MostInvoked ?? 1;

    /// <summary>Whether a request has this id.</summary>
    public bool IsInUse(int messageId)
    {
        lock (_underWay)
        {
            return Find(messageId) is not null;
        }
    }

    /// <summary>Completes when one more request may wait.</summary>
    public Task RoomAsync()
    {
        lock (_underWay)
        {
            return _isClosed || _waiting.Count < _mostWaiting
                ? Task.CompletedTask
                : (_roomWanted ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>Sends a request, now or when the window allows it.</summary>
    public DicomNetResult Send(IAssociationPort port, SentRequest request, DicomDataSet? dataSet)
    {
        request.Operation = exchange.BeginOperation(request);
        var turn = Begin(request);
        if (turn == Turn.Now)
        {
            return SendNow(port, request, dataSet);
        }

        if (turn == Turn.Later)
        {
            turn = Wait(request, dataSet);
        }

        if (turn != Turn.Later)
        {
            request.Operation?.TellUnanswered();
        }

        return turn switch
        {
            Turn.Later => DicomNetResult.Success,
            Turn.IdInUse => new(
                DicomExceptionCode.Parameter,
                $"A request with message id {request.MessageId} waits for its response: take an id from NextMessageID."),
            Turn.TooMany => SendResults.Of(SendOutcome.QueueFull),
            _ => SendResults.Of(SendOutcome.NotConnected),
        };
    }

    /// <summary>A response has arrived.</summary>
    /// <param name="messageId">The id of the request.</param>
    /// <param name="field">What it answers.</param>
    /// <param name="status">Its status, which tells whether another follows.</param>
    /// <returns>False: nobody asked for it.</returns>
    public bool Answer(int messageId, CommandField field, DicomCommandStatusType status)
    {
        SentRequest? request;
        lock (_underWay)
        {
            if (!_underWay.TryGetValue(messageId, out request) || request.Field.ToResponse() != field)
            {
                return false;
            }

            if (!field.IsFinal(status))
            {
                StartDeadline(request);
                return true;
            }

            _underWay.Remove(messageId);
        }

        request.Operation.TellAnswered(status);
        return true;
    }

    /// <summary>A C-STORE request of the peer has come: the C-GETs that wait make progress, though no pending response says so.</summary>
    public void NoteInstance()
    {
        lock (_underWay)
        {
            foreach (var request in _underWay.Values)
            {
                if (request is { IsSent: true, Field: CommandField.CGetRq })
                {
                    StartDeadline(request);
                }
            }
        }
    }

    /// <summary>Adds how many there are.</summary>
    public void AddTo(ref QueueLengths lengths)
    {
        lock (_underWay)
        {
            lengths.Invoking += _underWay.Count;
            lengths.Waiting += _waiting.Count;
        }
    }

    /// <summary>The association is over.</summary>
    public void Close()
    {
        SentRequest[] waiting;
        SentRequest[] unanswered;
        TaskCompletionSource? wanted;
        lock (_underWay)
        {
            _isClosed = true;
            waiting = [.. _waiting];
            unanswered = [.. _waiting, .. _underWay.Values];
            _waiting.Clear();
            _underWay.Clear();
            _deadlines?.Dispose();
            (wanted, _roomWanted) = (_roomWanted, null);
        }

        Array.ForEach(unanswered, request => request.Operation?.TellUnanswered());
        Array.ForEach(waiting, request => request.Dispose());
        wanted?.TrySetResult();
    }

    private Turn Begin(SentRequest request)
    {
        lock (_underWay)
        {
            var turn = TurnOf(request);
            if (turn == Turn.Now)
            {
                _underWay.Add(request.MessageId, request);
            }

            return turn;
        }
    }

    private Turn Wait(SentRequest request, DicomDataSet? dataSet)
    {
        if (exchange.Agreement is not { } agreement)
        {
            return Turn.TooMany;
        }

        Turn turn;
        Keep(request, dataSet, agreement.TransferSyntaxOf(request.ContextId));
        lock (_underWay)
        {
            // The response that it waits for may have come meanwhile: then its turn is next, as is looked at below.
            turn = TurnOf(request) is var now and not Turn.Now ? now : Turn.Later;
            if (turn == Turn.Later)
            {
                _waiting.AddLast(request);
            }
        }

        if (turn != Turn.Later)
        {
            request.Dispose();
        }

        SendWaiting();
        return turn;
    }

    private static void Keep(SentRequest request, DicomDataSet? dataSet, string transferSyntax)
    {
        try
        {
            request.Keep(dataSet, transferSyntax);
        }
        catch
        {
            request.Operation?.TellUnanswered();
            throw;
        }
    }

    private Turn TurnOf(SentRequest request) =>
        _isClosed ? Turn.Over
        : Find(request.MessageId) is not null ? Turn.IdInUse
        : _waiting.Count == 0 && _underWay.Count < Window ? Turn.Now
        : _waiting.Count < _mostWaiting ? Turn.Later
        : Turn.TooMany;

    private SentRequest? Find(int messageId)
    {
        if (_underWay.TryGetValue(messageId, out var found))
        {
            return found;
        }

        foreach (var request in _waiting)
        {
            if (request.MessageId == messageId)
            {
                return request;
            }
        }

        return null;
    }
}
