using Microsoft.Extensions.Logging;

namespace Dicom.Net.Diagnostics;

/// <summary>What is logged of handlers. Ids 3200–3299; an id is never used again for something else.</summary>
internal static partial class HandlerLog
{
    [LoggerMessage(3200, LogLevel.Error, "{Peer}: the handler of a {Command} failed; it is answered with status {Status}")]
    public static partial void Failed(ILogger log, Exception error, string peer, string command, string status);

    [LoggerMessage(3201, LogLevel.Information, "{Peer}: a {Command} is refused by its handler with status {Status}: {Reason}")]
    public static partial void Refused(ILogger log, string peer, string command, string status, string reason);

    [LoggerMessage(3202, LogLevel.Warning, "{Peer}: a {Command} is answered with status {Status} in place of its handler: {Reason}")]
    public static partial void TookTooLong(ILogger log, string peer, string command, string status, string reason);

    [LoggerMessage(3203, LogLevel.Debug, "{Peer}: the handler of a {Command} that was cancelled has ended: {Reason}")]
    public static partial void Cancelled(ILogger log, string peer, string command, string reason);

    [LoggerMessage(3204, LogLevel.Error, "{Peer}: a handler that was asked or told about the association failed")]
    public static partial void AssociationHandlerFailed(ILogger log, Exception error, string peer);

    [LoggerMessage(3205, LogLevel.Warning, "{Peer}: instances that it retrieves cannot be sent: {Reason}")]
    public static partial void DestinationFailed(ILogger log, string peer, string reason);

    [LoggerMessage(3206, LogLevel.Error, "{Peer}: the instance {Instance} that it retrieves cannot be sent")]
    public static partial void InstanceNotSent(ILogger log, Exception error, string peer, string instance);

    [LoggerMessage(3207, LogLevel.Error, "{Peer}: what belonged to the association could not be disposed of")]
    public static partial void DisposeFailed(ILogger log, Exception error, string peer);

    [LoggerMessage(3208, LogLevel.Error, "{Peer}: the final response to a {Command} cannot be sent ({Reason}); the association is aborted")]
    public static partial void AnswerNotSent(ILogger log, string peer, string command, string reason);

    [LoggerMessage(3209, LogLevel.Warning, "{Peer}: {Missing} of the {Announced} instances that it retrieves have not come from the handler; they count as failed")]
    public static partial void InstancesMissing(ILogger log, string peer, int missing, int announced);
}
