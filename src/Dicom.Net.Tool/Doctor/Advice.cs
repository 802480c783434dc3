namespace Dicom.Net.Tool.Doctor;

/// <summary>What to do about an association that did not come about, or did not bear.</summary>
internal static class Advice
{
    public static Finding Of(DicomAssociateRejectException error, DicomAssociationRequest request) => Finding.Bad(
        "associate", ExitCode.Rejected, error.Message, (error.RejectSource, error.RejectReason) switch
        {
            (DicomAssociateRejectSourceType.User, DicomAssociateRejectReasonType.Called) =>
                $"The peer does not go by the AE title {request.Called}: ask for its title, and give it with --called.",
            (DicomAssociateRejectSourceType.User, DicomAssociateRejectReasonType.Calling) =>
                $"The peer does not know this side's AE title {request.Calling}: have it entered there, with this machine's address, or give one "
                + "that it knows with --calling.",
            (DicomAssociateRejectSourceType.Provider2, _) =>
                "The peer has no room for another association now: try again later, or end some there.",
            (DicomAssociateRejectSourceType.Provider1, DicomAssociateRejectReasonType.Version) =>
                "The peer speaks another version of the protocol: it may be no DICOM peer at all.",
            _ => "The peer gives no reason: its log may. Often it does not know an AE title or this machine's address "
                + $"(--called is {request.Called}, --calling {request.Calling}).",
        });

    /// <param name="error">What came instead of an answer.</param>
    /// <param name="wantsTls">Whether the peer answers a TLS handshake, where none was asked for.</param>
    /// <param name="isSecured">Whether there was a secure link.</param>
    public static Finding OfNoAnswer(DicomException error, bool wantsTls, bool isSecured) => Finding.Bad(
        "associate", Failure.CodeOf(error), error.Message,
        wantsTls ? "The peer speaks TLS on this port: add --tls, and --ca with its authority's certificate."
            : isSecured ? "TLS stood, and then the peer went: often it wants a certificate of this side that it believes (--cert, --key). Its log says more."
            : "The peer takes connections and says nothing DICOM: it may be another service's port, or it lets in certain addresses only. "
                + "Its log, and the settings about this machine there, say more.");

    /// <param name="error">What came instead of a response, where the association stood.</param>
    public static Finding OfNoEcho(DicomException error) => Finding.Bad(
        "echo", Failure.CodeOf(error), error.Message, Failure.CodeOf(error) == ExitCode.TimeLimit
            ? "The peer accepts Verification and keeps silent when it is asked: it may be overloaded, or hang. Its log says more."
            : "The peer accepts Verification and ends the association when it is asked: what accepts there may not be what answers, as behind a "
                + "balancer or gateway. Its log says more.");

    /// <param name="error">What came instead of the peer's consent, after all else was well.</param>
    public static Finding OfNoRelease(DicomException error) => new("release", Verdict.Doubtful, error.Message)
    {
        Advice = "The peer does not end associations in order (PS3.8 §7.2). What was sent before has arrived all the same; tell its vendor.",
    };

    /// <param name="error">Why there is no secure link.</param>
    /// <param name="isPlain">Whether the peer answers an associate request without TLS.</param>
    public static Finding OfTls(DicomException error, bool isPlain) => Finding.Bad(
        "tls", Failure.CodeOf(error), error.Message, error.Code switch
        {
            DicomExceptionCode.TlsPeerCertificate =>
                "Give its authority's certificate with --ca; where it is for another name, that name with --tls-host; where it has expired, have "
                + "the peer's renewed.",
            DicomExceptionCode.TlsSetup => "Look at --cert, --key and --ca: this side cannot begin.",
            _ when isPlain => "The peer speaks DICOM without TLS on this port: leave out --tls, or find out its port with TLS (2762 is usual).",
            DicomExceptionCode.TlsTimeout =>
                "The peer takes connections and says nothing, in TLS or in DICOM: it may be overloaded, hang, or be another service's port. Its log "
                + "says more.",
            _ => "The peer speaks no TLS here, or not these versions; or it wants a certificate (--cert, --key) of an authority that it believes; "
                + "for old peers try --tls-profile.",
        });
}
