namespace Dicom.Net.Transport;

/// <summary>What went wrong below the Upper Layer, in the few classes that a caller may want to treat differently.</summary>
internal enum TransportErrorKind
{
    /// <summary>An argument that cannot be meant: a port beyond 65535, no address family, a host that is no host.</summary>
    BadParameter,

    /// <summary>Another socket listens on this address and port.</summary>
    AddressInUse,

    /// <summary>The address is not one of this machine's.</summary>
    AddressNotAvailable,

    /// <summary>The address is of a family that was not asked for, or that this machine does not have.</summary>
    AddressFamilyNotSupported,

    /// <summary>The name resolves to nothing.</summary>
    HostNotFound,

    /// <summary>The operating system forbids it, most often a port below 1024.</summary>
    AccessDenied,

    /// <summary>The peer's machine answered that nothing listens there.</summary>
    ConnectionRefused,

    /// <summary>No answer came in time.</summary>
    TimedOut,

    /// <summary>No route leads to the address.</summary>
    NetworkUnreachable,

    /// <summary>The peer, or the network, broke the connection.</summary>
    ConnectionReset,

    /// <summary>This side has closed or aborted the connection, so nothing can be read from it or written to it.</summary>
    Closed,

    /// <summary>This side's certificate, key, cipher suites or protocol versions cannot be used.</summary>
    TlsSetup,

    /// <summary>The peer's certificate was refused, or it has shown none.</summary>
    TlsPeerCertificate,

    /// <summary>The two sides did not come to a secure link.</summary>
    TlsHandshake,

    /// <summary>They were not done with it in time.</summary>
    TlsTimedOut,

    /// <summary>A peer that was awaited with TLS has left without a byte: it may have wanted to know only whether somebody listens.</summary>
    TlsPeerLeft,

    /// <summary>Anything else; the socket error says more.</summary>
    Other,
}
