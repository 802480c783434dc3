using System.Security.Cryptography.X509Certificates;

namespace Dicom.Net.Transport;

/// <summary>What can be wrong with a certificate, by the numbers that OpenSSL has for it (X509_V_ERR_…, openssl/x509_vfy.h).</summary>
internal enum TlsVerifyError
{
    None = 0,
    Unspecified = 1,
    UnableToGetCrl = 3,
    SignatureFailure = 7,
    NotYetValid = 9,
    HasExpired = 10,
    DepthZeroSelfSigned = 18,
    SelfSignedInChain = 19,
    UnableToGetIssuer = 20,
    Revoked = 23,
    InvalidPurpose = 26,
    Rejected = 28,
    UnhandledCriticalExtension = 34,
    InvalidExtension = 41,
    InvalidPolicyExtension = 42,
    PermittedViolation = 47,
    ExcludedViolation = 48,
    HostNameMismatch = 62,
    AddressMismatch = 64,
    DigestTooWeak = 68,
    InvalidAuthority = 79,
}

/// <summary>.NET's findings in OpenSSL's terms.</summary>
internal static class TlsVerifyErrors
{
    // The worst first.
    private static readonly (X509ChainStatusFlags Flag, TlsVerifyError Error)[] Known =
    [
        (X509ChainStatusFlags.Revoked, TlsVerifyError.Revoked),
        (X509ChainStatusFlags.ExplicitDistrust, TlsVerifyError.Rejected),
        (X509ChainStatusFlags.NotSignatureValid, TlsVerifyError.SignatureFailure),
        (X509ChainStatusFlags.HasWeakSignature, TlsVerifyError.DigestTooWeak),
        (X509ChainStatusFlags.NotValidForUsage, TlsVerifyError.InvalidPurpose),
        (X509ChainStatusFlags.InvalidBasicConstraints, TlsVerifyError.InvalidAuthority),
        (X509ChainStatusFlags.HasExcludedNameConstraint, TlsVerifyError.ExcludedViolation),
        (X509ChainStatusFlags.HasNotPermittedNameConstraint, TlsVerifyError.PermittedViolation),
        (X509ChainStatusFlags.InvalidNameConstraints, TlsVerifyError.PermittedViolation),
        (X509ChainStatusFlags.HasNotSupportedCriticalExtension, TlsVerifyError.UnhandledCriticalExtension),
        (X509ChainStatusFlags.InvalidPolicyConstraints, TlsVerifyError.InvalidPolicyExtension),
        (X509ChainStatusFlags.InvalidExtension, TlsVerifyError.InvalidExtension),
        (X509ChainStatusFlags.UntrustedRoot, TlsVerifyError.SelfSignedInChain),
        (X509ChainStatusFlags.PartialChain, TlsVerifyError.UnableToGetIssuer),
        (X509ChainStatusFlags.RevocationStatusUnknown, TlsVerifyError.UnableToGetCrl),
        (X509ChainStatusFlags.OfflineRevocation, TlsVerifyError.UnableToGetCrl),
    ];

    /// <summary>
    /// Everything that is wrong with one certificate of a chain, the worst first: each is asked about, since whoever forgives one thing has not
    /// forgiven what it would hide.
    /// </summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="depth">0 for the peer's own.</param>
    /// <param name="flags">What .NET has found.</param>
    public static List<TlsVerifyError> Of(X509Certificate2 certificate, int depth, X509ChainStatusFlags flags)
    {
        var errors = Known.Where(known => flags.HasFlag(known.Flag)).Select(known => known.Error).Distinct().ToList();
        if (flags.HasFlag(X509ChainStatusFlags.NotTimeValid))
        {
            errors.Add(certificate.NotBefore > DateTime.Now ? TlsVerifyError.NotYetValid : TlsVerifyError.HasExpired);
        }

        if (depth == 0 && errors.IndexOf(TlsVerifyError.SelfSignedInChain) is >= 0 and var index)
        {
            errors[index] = TlsVerifyError.DepthZeroSelfSigned;
        }

        if (errors.Count == 0 && flags != X509ChainStatusFlags.NoError)
        {
            errors.Add(TlsVerifyError.Unspecified);
        }

        return errors;
    }

    /// <summary>What was found, in one value.</summary>
    public static X509ChainStatusFlags Join(IEnumerable<X509ChainStatus> found) =>
        found.Aggregate(X509ChainStatusFlags.NoError, (all, status) => all | status.Status);
}
