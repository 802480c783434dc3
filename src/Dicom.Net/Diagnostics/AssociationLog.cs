using System.Net;
using Microsoft.Extensions.Logging;

namespace Dicom.Net.Diagnostics;

/// <summary>What the driver of an association logs. Ids 2000–2099; an id is never used again for something else.</summary>
/// <remarks>The peer comes first. Text that a peer chose is escaped before it gets here, and user identities never do.</remarks>
internal static partial class AssociationLog
{
    [LoggerMessage(2000, LogLevel.Debug, "{Peer}: the peer closed the connection in {State}; in mid-PDU: {MidPdu}; {Error}")]
    public static partial void PeerClosed(ILogger log, EndPoint peer, string state, bool midPdu, string? error);

    [LoggerMessage(2001, LogLevel.Warning, "{Peer}: aborted in {State}, for the peer broke the protocol or a limit: {Fault}")]
    public static partial void PeerFault(ILogger log, EndPoint peer, string state, string fault);

    [LoggerMessage(2002, LogLevel.Information, "{Peer}: A-ASSOCIATE-RQ refused with result {Result}, source {Source}, reason {Reason} (PS3.8 §9.3.4)")]
    public static partial void RequestRefused(ILogger log, EndPoint peer, byte result, byte source, byte reason);

    [LoggerMessage(2003, LogLevel.Information, "{Peer}: ARTIM expired in {State}; the connection is closed")]
    public static partial void ArtimExpired(ILogger log, EndPoint peer, string state);

    [LoggerMessage(2004, LogLevel.Warning, "{Peer}: the peer did not {Owed} in time; aborted in {State}")]
    public static partial void ReceiveTimedOut(ILogger log, EndPoint peer, string owed, string state);

    [LoggerMessage(2005, LogLevel.Warning, "{Peer}: the peer did not read in time; the connection is cut")]
    public static partial void SendTimedOut(ILogger log, EndPoint peer);

    [LoggerMessage(2006, LogLevel.Debug, "{Peer}: sending failed: {Error}")]
    public static partial void SendFailed(ILogger log, EndPoint peer, string error);

    [LoggerMessage(2007, LogLevel.Error, "{Peer}: a data set could not be read while it was being sent; the association is aborted")]
    public static partial void DataSetUnreadable(ILogger log, Exception error, EndPoint peer);

    [LoggerMessage(2008, LogLevel.Error, "{Peer}: the handler failed in {Callback}")]
    public static partial void HandlerFailed(ILogger log, Exception error, EndPoint peer, string callback);

    [LoggerMessage(2009, LogLevel.Critical, "{Peer}: a fault of the driver ended the association")]
    public static partial void DriverFailed(ILogger log, Exception error, EndPoint peer);

    [LoggerMessage(2010, LogLevel.Warning, "{Peer}: the answer grants what was not proposed, which is ignored: {Excess}")]
    public static partial void ExcessIgnored(ILogger log, EndPoint peer, string excess);

    [LoggerMessage(2011, LogLevel.Warning, "{Peer}: the peer did not end a message within {Limit}; aborted")]
    public static partial void MessageTimedOut(ILogger log, EndPoint peer, TimeSpan limit);

    [LoggerMessage(2012, LogLevel.Information, "{Peer}: the association was idle for {Limit} and is {Ended}")]
    public static partial void IdleTimedOut(ILogger log, EndPoint peer, TimeSpan limit, string ended);

    [LoggerMessage(2050, LogLevel.Error, "{Peer}: the code that this PDU layer hosts failed; the association is aborted")]
    public static partial void HostedFailed(ILogger log, Exception error, EndPoint peer);

    [LoggerMessage(2051, LogLevel.Debug, "{Peer}: the code that this PDU layer hosts failed after the end of the association")]
    public static partial void HostedFailedLate(ILogger log, Exception error, EndPoint peer);
}
