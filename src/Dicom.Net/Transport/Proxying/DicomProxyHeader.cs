using System.Net;

namespace Dicom.Net;

/// <summary>
/// What a proxy has said of a connection that it passes on: the header of the PROXY protocol ("The PROXY protocol, Versions 1 &amp; 2",
/// HAProxy Technologies, 2020/03/05). The sections named here are that text's.
/// </summary>
/// <remarks>
/// Its texts are what the proxy has sent, and some of them its client has chosen: control characters and all. Believe them as far as the proxy
/// is to be believed, and escape them before they are shown.
/// </remarks>
public sealed record DicomProxyHeader
{
    internal DicomProxyHeader()
    {
    }

    /// <summary>The version of the header: 1, a line of text (§2.1), or 2, binary (§2.2).</summary>
    public int Version { get; internal init; }

    /// <summary>
    /// Whether the proxy speaks for itself (command LOCAL, §2.2), as it does to see whether this side is well: then nothing else is told, and
    /// <see cref="DicomNet.PeerAddress"/> is the proxy's.
    /// </summary>
    public bool IsLocal { get; internal init; }

    /// <summary>
    /// Whom the proxy speaks for: <see cref="DicomNet.PeerAddress"/> and <see cref="DicomNet.PeerPort"/>. Null where it does not know (UNKNOWN in
    /// version 1, AF_UNSPEC in version 2), where that is no TCP peer (AF_UNIX), or with LOCAL.
    /// </summary>
    public IPEndPoint? Source { get; internal init; }

    /// <summary>Where the peer has connected to, on the proxy: <see cref="DicomNet.HostAddress"/> and <see cref="DicomNet.HostPort"/>.</summary>
    public IPEndPoint? Destination { get; internal init; }

    /// <summary>The proxy itself: where the TCP connection comes from.</summary>
    public IPEndPoint? Proxy { get; internal init; }

    /// <summary>The protocol that was agreed on with the peer by ALPN, if told (PP2_TYPE_ALPN, §2.2.1).</summary>
    public string? ApplicationProtocol { get; internal init; }

    /// <summary>The name of the host that the peer wanted, its TLS server name, if told (PP2_TYPE_AUTHORITY, §2.2.2).</summary>
    public string? Authority { get; internal init; }

    /// <summary>What tells the connection from others across proxies, up to 128 bytes; empty where not told (PP2_TYPE_UNIQUE_ID, §2.2.5).</summary>
    public ReadOnlyMemory<byte> UniqueId { get; internal init; }

    /// <summary>The name of the network namespace, if told (PP2_TYPE_NETNS, §2.2.7).</summary>
    public string? NetworkNamespace { get; internal init; }

    /// <summary>The TLS connection between peer and proxy (PP2_TYPE_SSL, §2.2.6); null where there is none, or it is not told of.</summary>
    public DicomProxyTls? Tls { get; internal init; }
}
