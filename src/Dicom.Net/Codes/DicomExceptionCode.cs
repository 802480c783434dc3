namespace Dicom.Net;

/// <summary>
/// The return codes: 0 is success, everything above it an error. The names are LDicomNet's where they are known; the numbers are
/// this library's own, and stay.
/// </summary>
public enum DicomExceptionCode
{
    /// <summary>It was done, or is under way.</summary>
    Success = 0,

    /// <summary>A parameter is out of range, or does not fit the others.</summary>
    Parameter = 1,

    /// <summary>The operation, or the mode asked for, is not supported.</summary>
    FeatureNotSupported = 2,

    /// <summary>The object has been disposed of.</summary>
    Disposed = 3,

    /// <summary>The object is in a state that does not allow the call: listening or connected already, no association, answered before.</summary>
    InvalidState = 4,

    /// <summary>A network error that has no code of its own; <see cref="DicomNetResult.SocketError"/> has the system's.</summary>
    NetFailure = 100,

    /// <summary>Another program, or another object of this one, uses the address and port.</summary>
    NetAddressInUse = 101,

    /// <summary>The address is not one of this computer's.</summary>
    NetAddressNotAvailable = 102,

    /// <summary>The address is of a family that was not asked for, or that this computer lacks.</summary>
    NetAddressFamilyNotSupported = 103,

    /// <summary>The name has no address.</summary>
    NetHostNotFound = 104,

    /// <summary>The system forbids it, typically a port below 1024.</summary>
    NetAccessDenied = 105,

    /// <summary>There is no connection: not yet, or no more.</summary>
    NetNotConnected = 106,

    /// <summary>The connection was lost, or closed by the peer in the midst of an association.</summary>
    NetConnectionAborted = 107,

    /// <summary>Nobody listens at the peer's address and port.</summary>
    NetConnectionRefused = 108,

    /// <summary>Connecting took longer than its time limit allows (<see cref="DicomNetOptions.ConnectTimeout"/>). What comes later has codes of its own.</summary>
    NetTimeout = 109,

    /// <summary>No way leads to the peer.</summary>
    NetUnreachable = 110,

    /// <summary>Too much waits to be sent already: the peer does not keep up.</summary>
    NetQueueFull = 111,

    /// <summary>The association was aborted.</summary>
    NetAssociationAborted = 112,

    /// <summary>
    /// ARTIM expired (PS3.8 §9.1.5): the peer asked for no association in time, or did not close the connection when the association was over
    /// (<see cref="DicomNetOptions.ArtimTimeout"/>); <see cref="DicomNet.LastError"/> says which.
    /// </summary>
    NetArtimTimeout = 113,

    /// <summary>
    /// The peer paused too long within a message, or did not answer an associate or release request
    /// (<see cref="DicomNetOptions.MessageTimeout"/>); <see cref="DicomNet.LastError"/> says which.
    /// </summary>
    NetReceiveTimeout = 114,

    /// <summary>The peer did not read what was sent to it in time (<see cref="DicomNetOptions.SendTimeout"/>).</summary>
    NetSendTimeout = 115,

    /// <summary>The peer did not end a message in time (<see cref="DicomNetOptions.WholeMessageTimeout"/>).</summary>
    NetMessageTimeout = 116,

    /// <summary>The association was idle too long, and this side has ended it (<see cref="DicomNetOptions.IdleTimeout"/>).</summary>
    NetIdleTimeout = 117,

    /// <summary>A request of this side was not answered in time (<see cref="DicomNetOptions.ResponseTimeout"/>).</summary>
    NetResponseTimeout = 118,

    /// <summary>The peer rejected the association: see <see cref="DicomAssociateRejectException"/>.</summary>
    NetAssociationRejected = 119,

    /// <summary>The association was released, by whichever side, before what was asked for came.</summary>
    NetAssociationReleased = 120,

    /// <summary>The peer did not end a PDU in time that it had begun (<see cref="DicomNetOptions.PduTimeout"/>).</summary>
    NetPduTimeout = 121,

    /// <summary>
    /// The system has given the connection up: the peer has acknowledged neither what was sent nor the probes of keep-alive
    /// (<see cref="DicomSocketOptions.KeepAlive"/>).
    /// </summary>
    NetKeepAliveTimeout = 122,

    /// <summary>The presentation context was not accepted.</summary>
    PresentationContext = 200,

    /// <summary>The peer's maximum length leaves no room for a single fragment.</summary>
    PeerMaximumLength = 201,

    /// <summary>The peer answered a request with a failure: see <see cref="DicomStatusException"/>.</summary>
    OperationFailed = 202,

    /// <summary>This side's certificate, private key, cipher suites or protocol versions cannot be used for TLS.</summary>
    TlsSetup = 300,

    /// <summary>The peer's certificate was refused, or the peer has shown none where it has to.</summary>
    TlsPeerCertificate = 301,

    /// <summary>No secure link came about: the peer speaks no TLS, or not the same. <see cref="DicomNet.GetLastTlsError"/> says why.</summary>
    TlsHandshake = 302,

    /// <summary>The handshake of a secure link took longer than its time limit allows (<see cref="DicomTlsOptions.HandshakeTimeout"/>).</summary>
    TlsTimeout = 303,
}
