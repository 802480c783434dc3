using System.Security.Authentication;

namespace Dicom.Net;

/// <summary>What each profile of PS3.15 Annex B allows, in order of preference.</summary>
internal static class TlsProfiles
{
    private const SslProtocols Current = SslProtocols.Tls12 | SslProtocols.Tls13;

    // RFC 8446 §9.1: the first one shall be there, the others should.
    private static readonly DicomTlsCipherSuiteType[] Tls13 =
    [
        DicomTlsCipherSuiteType.Aes128GcmSha256,
        DicomTlsCipherSuiteType.Aes256GcmSha384,
        DicomTlsCipherSuiteType.Chacha20Poly1305Sha256,
    ];

    // RFC 9325 §4.2, in its order.
    private static readonly DicomTlsCipherSuiteType[] Rfc9325 =
    [
        DicomTlsCipherSuiteType.EcdheRsaWithAes128GcmSha256,
        DicomTlsCipherSuiteType.EcdheRsaWithAes256GcmSha384,
        DicomTlsCipherSuiteType.EcdheEcdsaWithAes128GcmSha256,
        DicomTlsCipherSuiteType.EcdheEcdsaWithAes256GcmSha384,
    ];

    // RFC 7525 §4.2 recommends these two besides the ones with elliptic curves.
    private static readonly DicomTlsCipherSuiteType[] DiffieHellmanOverIntegers =
    [
        DicomTlsCipherSuiteType.DheRsaWithAes128GcmSha256,
        DicomTlsCipherSuiteType.DheRsaWithAes256GcmSha384,
    ];

    private static readonly DicomTlsCipherSuiteType[] Chacha20 =
    [
        DicomTlsCipherSuiteType.EcdheRsaWithChacha20Poly1305Sha256,
        DicomTlsCipherSuiteType.EcdheEcdsaWithChacha20Poly1305Sha256,
    ];

    private static readonly DicomTlsCipherSuiteType[] Ccm =
    [
        DicomTlsCipherSuiteType.EcdheEcdsaWithAes128Ccm,
        DicomTlsCipherSuiteType.EcdheEcdsaWithAes256Ccm,
        DicomTlsCipherSuiteType.EcdheEcdsaWithAes128Ccm8,
        DicomTlsCipherSuiteType.EcdheEcdsaWithAes256Ccm8,
    ];

    private static readonly DicomTlsCipherSuiteType[] Aes =
    [
        DicomTlsCipherSuiteType.RsaWithAes128CbcSha,
        DicomTlsCipherSuiteType.RsaWith3DesEdeCbcSha,
    ];

#pragma warning disable SYSLIB0039, CA5397 // Retired by RFC 8996, and used for the profiles that are retired for that very reason.
    public static SslProtocols ProtocolsOf(DicomTlsProfile profile) => profile switch
    {
        DicomTlsProfile.Bcp195 => SslProtocols.Tls | SslProtocols.Tls11 | Current,
        DicomTlsProfile.Aes or DicomTlsProfile.Basic => SslProtocols.Tls | SslProtocols.Tls11 | SslProtocols.Tls12,

        // Of TLS 1.3 no suite is in B.11's list, and "no other cipher suites shall be used".
        DicomTlsProfile.ExtendedBcp195 => SslProtocols.Tls12,
        _ => Current,
    };
#pragma warning restore SYSLIB0039, CA5397

    public static IReadOnlyList<DicomTlsCipherSuiteType> SuitesOf(DicomTlsProfile profile) => profile switch
    {
        DicomTlsProfile.ModifiedBcp195Rfc8996 =>
        [
            .. Tls13, DicomTlsCipherSuiteType.Aes128CcmSha256, DicomTlsCipherSuiteType.Aes128Ccm8Sha256,
            .. Rfc9325, .. Chacha20, .. Ccm,
        ],
        DicomTlsProfile.NonDowngradingBcp195 => [.. Tls13, .. Rfc9325, .. DiffieHellmanOverIntegers],
        DicomTlsProfile.ExtendedBcp195 => [.. Rfc9325, .. DiffieHellmanOverIntegers],
        DicomTlsProfile.Bcp195 => [.. Tls13, .. Rfc9325, .. DiffieHellmanOverIntegers, .. Aes],
        DicomTlsProfile.Aes => Aes,
        DicomTlsProfile.Basic => [DicomTlsCipherSuiteType.RsaWith3DesEdeCbcSha],
        _ => [.. Tls13, .. Rfc9325],
    };
}
