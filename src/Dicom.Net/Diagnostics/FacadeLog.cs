using Microsoft.Extensions.Logging;

namespace Dicom.Net.Diagnostics;

/// <summary>What <see cref="DicomNet"/> logs. Ids 3000–3099; an id is never used again for something else.</summary>
internal static partial class FacadeLog
{
    [LoggerMessage(3000, LogLevel.Error, "The application threw in {Callback}")]
    public static partial void CallbackFailed(ILogger log, Exception error, string callback);

    [LoggerMessage(3001, LogLevel.Critical, "{Peer}: the PDU layer failed; the connection is closed")]
    public static partial void PduLayerFailed(ILogger log, Exception error, string peer);

    [LoggerMessage(3002, LogLevel.Warning, "{Peer}: an associate request that nobody answered is rejected (1/1/1)")]
    public static partial void AssociateRequestUnanswered(ILogger log, string peer);

    [LoggerMessage(3003, LogLevel.Information, "{Peer}: a {Command} that nobody answered is refused with status {Status}")]
    public static partial void RequestUnanswered(ILogger log, string peer, string command, string status);

    [LoggerMessage(3004, LogLevel.Error, "{Peer}: a received data set could not be kept; the request is refused with status {Status}")]
    public static partial void DataSetNotKept(ILogger log, Exception error, string peer, string status);

    [LoggerMessage(3005, LogLevel.Warning,
        "{Peer}: closed, for nobody listens any more or too many wait to be accepted ({Pending}); {Count} of this host since it was last told, which is "
        + "done once a minute")]
    public static partial void ConnectionNotTaken(ILogger log, string peer, int pending, int count);

    [LoggerMessage(3006, LogLevel.Warning, "Connect failed: {Error}")]
    public static partial void ConnectFailed(ILogger log, string error);

    [LoggerMessage(3008, LogLevel.Error, "{Peer}: the data set of a response could not be kept; the response is told without it")]
    public static partial void ResponseDataSetNotKept(ILogger log, Exception error, string peer);

    [LoggerMessage(3009, LogLevel.Warning, "{Peer}: too much waits to be sent for an answer to be queued; the association is aborted")]
    public static partial void AnswerNotSent(ILogger log, string peer);

    [LoggerMessage(3010, LogLevel.Warning, "{Peer}: {Response}, which answers no request that waits, is dropped; more of the kind are not logged")]
    public static partial void ResponseUnexpected(ILogger log, string peer, string response);

    [LoggerMessage(3011, LogLevel.Warning, "{Peer}: a {Command} in a role that was not agreed on is refused with status 0211H; more of the kind are not logged")]
    public static partial void RequestWithoutRole(ILogger log, string peer, string command);

    [LoggerMessage(3012, LogLevel.Warning, "{Peer}: a {Command} whose turn has come cannot be sent ({Outcome}); the association ends")]
    public static partial void RequestNotSent(ILogger log, string peer, string command, string outcome);

    [LoggerMessage(3013, LogLevel.Warning, "{Peer}: the {Command} with message id {MessageId} was not answered within {Limit}; aborted")]
    public static partial void ResponseTimedOut(ILogger log, string peer, string command, int messageId, TimeSpan limit);

    [LoggerMessage(3014, LogLevel.Warning, "{Peer}: the data set of a {Command} is dropped, and the request refused with status {Status}: {Reason}")]
    public static partial void DataSetTooLong(ILogger log, string peer, string command, string status, string reason);

    [LoggerMessage(3015, LogLevel.Information,
        "{Peer}: rejected (2/3/1), for this listener is closing; {Count} of this host since it was last told, which is done once a minute")]
    public static partial void RejectedWhileDraining(ILogger log, string peer, int count);

    [LoggerMessage(3016, LogLevel.Error, "{Peer}: an answer that the application wants cannot be sent as it is, but without its detail or as a failure: {Reason}")]
    public static partial void AnswerNotPossible(ILogger log, string peer, string reason);

    [LoggerMessage(3017, LogLevel.Warning, "Clients that have not ended {Patience} after they were closed, and are not waited for any longer: {Count}")]
    public static partial void ClientsLeftBehind(ILogger log, TimeSpan patience, int count);
}
