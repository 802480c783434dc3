using System.Security.Cryptography.X509Certificates;

namespace Dicom.Net;

/// <summary>What <see cref="DicomAdmission.AdmitUser"/> is asked: whether a user may have an association.</summary>
public sealed class DicomUserQuestion
{
    internal DicomUserQuestion(DicomAssociate request, X509Certificate2? certificate, CancellationToken cancelled)
    {
        Request = request;
        Identity = request.UserIdentity;
        Certificate = certificate;
        Cancelled = cancelled;
    }

    /// <summary>Who the user claims to be; null: the request does not say. Its fields are secrets: log none of them.</summary>
    public DicomUserIdentity? Identity { get; }

    /// <summary>What is asked for.</summary>
    public DicomAssociate Request { get; }

    /// <summary>The certificate that the peer has shown; null where it has shown none.</summary>
    public X509Certificate2? Certificate { get; }

    /// <summary>Cancelled when the connection ends: then the answer has nobody left to go to.</summary>
    public CancellationToken Cancelled { get; }
}
