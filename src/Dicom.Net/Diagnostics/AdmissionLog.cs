using System.Net;
using Microsoft.Extensions.Logging;

namespace Dicom.Net.Diagnostics;

/// <summary>What is logged of peers that are not let in. Ids 3100–3199; an id is never used again for something else.</summary>
internal static partial class AdmissionLog
{
    [LoggerMessage(3100, LogLevel.Warning,
        "{Address}: closed, for no connection may come from there; {Count} since it was last told, which is done once a minute")]
    public static partial void AddressDenied(ILogger log, IPAddress address, int count);

    [LoggerMessage(3101, LogLevel.Warning,
        "{Peer}: closed, for more than {Limit} connections have no association, and it has been one of them for longest; {Count} since it was last told, "
        + "which is done once a minute")]
    public static partial void CrowdedOut(ILogger log, EndPoint peer, int limit, int count);

    [LoggerMessage(3102, LogLevel.Warning,
        "{Peer}: an associate request is rejected (2/3/2), for {Limit} is reached; {Count} since it was last told, which is done once a minute")]
    public static partial void AssociationsFull(ILogger log, EndPoint peer, string limit, int count);

    [LoggerMessage(3103, LogLevel.Information,
        "{Peer}: an associate request of {Calling} to {Called} is not admitted ({Rejection}); {Count} of this host since it was last told, which is done "
        + "once a minute")]
    public static partial void NotAdmitted(ILogger log, string peer, string calling, string called, string rejection, int count);

    [LoggerMessage(3104, LogLevel.Error, "{Peer}: an associate request is rejected (2/1/1), for the rule about its user threw {Error}")]
    public static partial void UserRuleFailed(ILogger log, string peer, string error);

    [LoggerMessage(3105, LogLevel.Warning,
        "{Address}: closed, for peers come through proxies here, and no trusted one has this address; {Count} since it was last told, which is done once "
        + "a minute")]
    public static partial void NoProxy(ILogger log, IPAddress address, int count);

    [LoggerMessage(3106, LogLevel.Warning,
        "{Proxy}: closed, for its PROXY header is not right: {Fault}; {Count} since it was last told, which is done once a minute")]
    public static partial void HeaderRefused(ILogger log, EndPoint proxy, string fault, int count);

    [LoggerMessage(3107, LogLevel.Debug, "{Peer}: comes through the proxy {Proxy}, which says so in version {Version}")]
    public static partial void Introduced(ILogger log, EndPoint peer, EndPoint proxy, int version);

    [LoggerMessage(3108, LogLevel.Debug, "{Peer}: connected and closed without a byte, as balancers do to see whether somebody listens")]
    public static partial void LookedIn(ILogger log, EndPoint peer);

    [LoggerMessage(3109, LogLevel.Debug, "{Peer}: the connection ended before its PROXY header was there: {Reason}")]
    public static partial void HeaderLost(ILogger log, EndPoint peer, string reason);
}
