namespace Dicom.Net;

/// <summary>What the name of a cipher suite says of it.</summary>
/// <param name="KeyExchange">How the key is agreed on.</param>
/// <param name="Authentication">With what the server proves who it is; None where the suite leaves it open (TLS 1.3).</param>
/// <param name="Integrity">How a change is noticed.</param>
/// <param name="KeyBits">The length of the key that encrypts, in bits.</param>
internal readonly record struct CipherSuiteFacts(
    DicomTlsKeyExchangeAlgorithm KeyExchange,
    DicomTlsAuthenticationAlgorithm Authentication,
    DicomTlsIntegrityAlgorithm Integrity,
    int KeyBits)
{
    /// <summary>The facts of a suite; all None and 0 of one that is not known here.</summary>
    public static CipherSuiteFacts Of(DicomTlsCipherSuiteType suite) => suite switch
    {
        DicomTlsCipherSuiteType.Aes128GcmSha256
            or DicomTlsCipherSuiteType.Aes128CcmSha256
            or DicomTlsCipherSuiteType.Aes128Ccm8Sha256 => Tls13(128),
        DicomTlsCipherSuiteType.Aes256GcmSha384 or DicomTlsCipherSuiteType.Chacha20Poly1305Sha256 => Tls13(256),
        DicomTlsCipherSuiteType.EcdheRsaWithAes128GcmSha256 => EcdheRsa(128),
        DicomTlsCipherSuiteType.EcdheRsaWithAes256GcmSha384
            or DicomTlsCipherSuiteType.EcdheRsaWithChacha20Poly1305Sha256 => EcdheRsa(256),
        DicomTlsCipherSuiteType.EcdheEcdsaWithAes128GcmSha256
            or DicomTlsCipherSuiteType.EcdheEcdsaWithAes128Ccm
            or DicomTlsCipherSuiteType.EcdheEcdsaWithAes128Ccm8 => EcdheEcdsa(128),
        DicomTlsCipherSuiteType.EcdheEcdsaWithAes256GcmSha384
            or DicomTlsCipherSuiteType.EcdheEcdsaWithAes256Ccm
            or DicomTlsCipherSuiteType.EcdheEcdsaWithAes256Ccm8
            or DicomTlsCipherSuiteType.EcdheEcdsaWithChacha20Poly1305Sha256 => EcdheEcdsa(256),
        DicomTlsCipherSuiteType.DheRsaWithAes128GcmSha256 => DheRsa(DicomTlsIntegrityAlgorithm.Aead, 128),
        DicomTlsCipherSuiteType.DheRsaWithAes256GcmSha384 => DheRsa(DicomTlsIntegrityAlgorithm.Aead, 256),
        DicomTlsCipherSuiteType.DheRsaWithAes128CbcSha => DheRsa(DicomTlsIntegrityAlgorithm.Sha1, 128),
        DicomTlsCipherSuiteType.DheRsaAes256Sha => DheRsa(DicomTlsIntegrityAlgorithm.Sha1, 256),
        DicomTlsCipherSuiteType.DheRsaWith3DesEdeCbcSha => DheRsa(DicomTlsIntegrityAlgorithm.Sha1, 168),
        DicomTlsCipherSuiteType.DheRsaWithDesCbcSha => DheRsa(DicomTlsIntegrityAlgorithm.Sha1, 56),
        DicomTlsCipherSuiteType.RsaWithAes128CbcSha => Rsa(128),
        DicomTlsCipherSuiteType.RsaWithAes256CbcSha => Rsa(256),
        DicomTlsCipherSuiteType.RsaWith3DesEdeCbcSha => Rsa(168),
        _ => default,
    };

    private static CipherSuiteFacts Tls13(int bits) =>
        new(DicomTlsKeyExchangeAlgorithm.Ephemeral, DicomTlsAuthenticationAlgorithm.None, DicomTlsIntegrityAlgorithm.Aead, bits);

    private static CipherSuiteFacts EcdheRsa(int bits) =>
        new(DicomTlsKeyExchangeAlgorithm.Ecdhe, DicomTlsAuthenticationAlgorithm.Rsa, DicomTlsIntegrityAlgorithm.Aead, bits);

    private static CipherSuiteFacts EcdheEcdsa(int bits) =>
        new(DicomTlsKeyExchangeAlgorithm.Ecdhe, DicomTlsAuthenticationAlgorithm.Ecdsa, DicomTlsIntegrityAlgorithm.Aead, bits);

    private static CipherSuiteFacts DheRsa(DicomTlsIntegrityAlgorithm integrity, int bits) =>
        new(DicomTlsKeyExchangeAlgorithm.Dhe, DicomTlsAuthenticationAlgorithm.Rsa, integrity, bits);

    private static CipherSuiteFacts Rsa(int bits) =>
        new(DicomTlsKeyExchangeAlgorithm.Rsa, DicomTlsAuthenticationAlgorithm.Rsa, DicomTlsIntegrityAlgorithm.Sha1, bits);
}
