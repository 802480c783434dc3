using System.Net;
using Microsoft.Extensions.Logging;

namespace Dicom.Net.Diagnostics;

/// <summary>What the transport reports. Event ids 1000–1099; an id is never used again for something else.</summary>
internal static partial class TransportLog
{
    [LoggerMessage(1000, LogLevel.Information, "Listening on {LocalEndPoint}.")]
    public static partial void Listening(ILogger log, IPEndPoint localEndPoint);

    [LoggerMessage(1001, LogLevel.Information, "Stopped listening on {LocalEndPoint}.")]
    public static partial void StoppedListening(ILogger log, IPEndPoint localEndPoint);

    [LoggerMessage(1002, LogLevel.Information, "Both address families were asked for, but this machine has no {Missing}.")]
    public static partial void FamilyMissing(ILogger log, string missing);

    [LoggerMessage(1003, LogLevel.Debug, "A connection to {LocalEndPoint} ended before it was accepted: {Reason}.")]
    public static partial void ConnectionLostInQueue(ILogger log, IPEndPoint localEndPoint, string reason);

    [LoggerMessage(1004, LogLevel.Error,
        "Connections to {LocalEndPoint} cannot be accepted; trying again until it works. Most often the process is out of file handles.")]
    public static partial void AcceptFailing(ILogger log, IPEndPoint localEndPoint, Exception cause);

    [LoggerMessage(1005, LogLevel.Information, "Connections to {LocalEndPoint} are accepted again, after {Failures} failures.")]
    public static partial void AcceptRecovered(ILogger log, IPEndPoint localEndPoint, int failures);

    [LoggerMessage(1006, LogLevel.Error, "A connection to {LocalEndPoint} was accepted but could not be taken over; it is closed.")]
    public static partial void AcceptedConnectionNotTaken(ILogger log, IPEndPoint localEndPoint, Exception cause);

    [LoggerMessage(1007, LogLevel.Critical,
        "The listening socket of {LocalEndPoint} was closed by somebody else; nothing is accepted there any more.")]
    public static partial void ListeningSocketLost(ILogger log, IPEndPoint localEndPoint, Exception cause);

    [LoggerMessage(1008, LogLevel.Error,
        "Only {Free} file handles are left to this process: connections to {LocalEndPoint} wait until there are more. "
        + "Raise its limit (ulimit -n), or have fewer connections.")]
    public static partial void HandlesRunningOut(ILogger log, IPEndPoint localEndPoint, int free);
}
