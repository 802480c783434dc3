using System.Net.Sockets;

namespace Dicom.Net.Tool;

/// <summary>Exceptions as exit codes.</summary>
internal static class Failure
{
    /// <summary>Whether an exception is something that may happen, and not a fault of this program.</summary>
    public static bool IsExpected(Exception error) => error
        is DicomException or InstanceException or FormatException or ArgumentException
            or IOException or UnauthorizedAccessException or SocketException;

    public static ToolResult Of(Exception error) => new(CodeOf(error), error.Message);

    public static ExitCode CodeOf(Exception error) => error switch
    {
        DicomException failed => CodeOf(failed.Code),
        SocketException => ExitCode.NoConnection,
        FormatException or ArgumentException => ExitCode.BadUse,
        InstanceException => ExitCode.PeerFailure,
        _ => ExitCode.LocalFailure,
    };

    public static ExitCode CodeOf(DicomExceptionCode code) => code switch
    {
        DicomExceptionCode.Success => ExitCode.Ok,
        DicomExceptionCode.Parameter or DicomExceptionCode.FeatureNotSupported or DicomExceptionCode.TlsSetup => ExitCode.BadUse,
        DicomExceptionCode.OperationFailed => ExitCode.PeerFailure,
        DicomExceptionCode.NetAssociationRejected => ExitCode.Rejected,
        DicomExceptionCode.NetAssociationAborted or DicomExceptionCode.NetAssociationReleased or DicomExceptionCode.NetConnectionAborted
            => ExitCode.Aborted,
        DicomExceptionCode.NetTimeout or DicomExceptionCode.NetArtimTimeout or DicomExceptionCode.NetReceiveTimeout
            or DicomExceptionCode.NetSendTimeout or DicomExceptionCode.NetMessageTimeout or DicomExceptionCode.NetIdleTimeout
            or DicomExceptionCode.NetResponseTimeout or DicomExceptionCode.NetPduTimeout or DicomExceptionCode.NetKeepAliveTimeout
            => ExitCode.TimeLimit,
        DicomExceptionCode.TlsHandshake or DicomExceptionCode.TlsPeerCertificate or DicomExceptionCode.TlsTimeout => ExitCode.NoSecureLink,
        DicomExceptionCode.PresentationContext or DicomExceptionCode.PeerMaximumLength => ExitCode.NotAccepted,
        _ => ExitCode.NoConnection,
    };
}
