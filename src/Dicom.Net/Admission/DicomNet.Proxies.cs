using Dicom.Net.Transport;

namespace Dicom.Net;

/// <summary>Peers that come through proxies.</summary>
public partial class DicomNet
{
    /// <summary>
    /// What the proxy has said that the connection, or the last one, came through (<see cref="DicomNetOptions.ProxyProtocol"/>): its own address,
    /// and what it knows of the peer's TLS. Null where it came without one.
    /// </summary>
    public DicomProxyHeader? ProxyHeader => (_exchange?.Place?.Connection as SocketConnection)?.Header;

    /// <summary>Anew for each Listen: one that has stopped receives nobody any more.</summary>
    private ProxyReception? NewReception() => _options.ProxyProtocol is { } protocol
        ? new(protocol, Door, _options.TimeProvider, _log, OnEntered)
        : null;
}
