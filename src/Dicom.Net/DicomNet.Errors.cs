using Dicom.Net.Transport;

namespace Dicom.Net;

/// <summary>What the transport failed of, in the application's codes.</summary>
public partial class DicomNet
{
    private static DicomNetResult ResultOf(TransportException error) => new(CodeOf(error.Kind), error.Message, error.SocketError);

    private static DicomExceptionCode CodeOf(TransportErrorKind kind) => kind switch
    {
        TransportErrorKind.BadParameter => DicomExceptionCode.Parameter,
        TransportErrorKind.AddressInUse => DicomExceptionCode.NetAddressInUse,
        TransportErrorKind.AddressNotAvailable => DicomExceptionCode.NetAddressNotAvailable,
        TransportErrorKind.AddressFamilyNotSupported => DicomExceptionCode.NetAddressFamilyNotSupported,
        TransportErrorKind.HostNotFound => DicomExceptionCode.NetHostNotFound,
        TransportErrorKind.AccessDenied => DicomExceptionCode.NetAccessDenied,
        TransportErrorKind.ConnectionRefused => DicomExceptionCode.NetConnectionRefused,
        TransportErrorKind.TimedOut => DicomExceptionCode.NetTimeout,
        TransportErrorKind.NetworkUnreachable => DicomExceptionCode.NetUnreachable,
        TransportErrorKind.ConnectionReset or TransportErrorKind.Closed => DicomExceptionCode.NetConnectionAborted,
        TransportErrorKind.TlsSetup => DicomExceptionCode.TlsSetup,
        TransportErrorKind.TlsPeerCertificate => DicomExceptionCode.TlsPeerCertificate,
        TransportErrorKind.TlsHandshake or TransportErrorKind.TlsPeerLeft => DicomExceptionCode.TlsHandshake,
        TransportErrorKind.TlsTimedOut => DicomExceptionCode.TlsTimeout,
        _ => DicomExceptionCode.NetFailure,
    };
}
