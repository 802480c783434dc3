using System.Net;
using Microsoft.Extensions.Logging;

namespace Dicom.Net.Diagnostics;

/// <summary>What is logged of secure links. Ids 1050–1069; an id is never used again for something else.</summary>
internal static partial class TlsLog
{
    [LoggerMessage(1050, LogLevel.Debug, "{Peer}: secured with {Protocol}, {CipherSuite}; the peer's certificate: {Certificate}")]
    public static partial void Secured(ILogger log, EndPoint peer, string protocol, string cipherSuite, string certificate);

    [LoggerMessage(1051, LogLevel.Warning, "{Peer}: no secure link, the connection is closed; {Count} of this host since it was last told. {Error}")]
    public static partial void NotSecured(ILogger log, EndPoint peer, int count, string error);

    [LoggerMessage(1052, LogLevel.Warning, "{Peer}: the application goes on in spite of a certificate: {Error}")]
    public static partial void AcceptedAnyway(ILogger log, string peer, string error);

    [LoggerMessage(1053, LogLevel.Debug, "{Peer}: close_notify could not be sent. {Error}")]
    public static partial void EndNotSaid(ILogger log, EndPoint peer, string error);

    [LoggerMessage(1054, LogLevel.Debug, "{Peer}: connected and closed without a byte of TLS, as balancers do to see whether somebody listens")]
    public static partial void PeerLeft(ILogger log, EndPoint peer);
}
