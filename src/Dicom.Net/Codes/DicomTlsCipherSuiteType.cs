namespace Dicom.Net;

/// <summary>
/// Cipher suites, by the numbers that IANA gives them ("TLS Cipher Suites"): those of the profiles of PS3.15 Annex B, and those that programs
/// written for LEADTOOLS name. What the system's TLS library no longer has is skipped when a connection is made.
/// </summary>
public enum DicomTlsCipherSuiteType
{
    /// <summary>None: no secure link; or the end of a list.</summary>
    None = 0,

    /// <summary>TLS_RSA_WITH_3DES_EDE_CBC_SHA. Retired with profile B.1.</summary>
    RsaWith3DesEdeCbcSha = 0x000A,

    /// <summary>TLS_DHE_RSA_WITH_DES_CBC_SHA. Broken: no current system has it.</summary>
    DheRsaWithDesCbcSha = 0x0015,

    /// <summary>TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA. Retired.</summary>
    DheRsaWith3DesEdeCbcSha = 0x0016,

    /// <summary>TLS_RSA_WITH_AES_128_CBC_SHA. Retired with profile B.3.</summary>
    RsaWithAes128CbcSha = 0x002F,

    /// <summary>TLS_DHE_RSA_WITH_AES_128_CBC_SHA.</summary>
    DheRsaWithAes128CbcSha = 0x0033,

    /// <summary>TLS_RSA_WITH_AES_256_CBC_SHA.</summary>
    RsaWithAes256CbcSha = 0x0035,

    /// <summary>TLS_DHE_RSA_WITH_AES_256_CBC_SHA, by LEADTOOLS' name.</summary>
    DheRsaAes256Sha = 0x0039,

    /// <summary>TLS_DHE_RSA_WITH_AES_128_GCM_SHA256.</summary>
    DheRsaWithAes128GcmSha256 = 0x009E,

    /// <summary>TLS_DHE_RSA_WITH_AES_256_GCM_SHA384.</summary>
    DheRsaWithAes256GcmSha384 = 0x009F,

    /// <summary>TLS_AES_128_GCM_SHA256, of TLS 1.3.</summary>
    Aes128GcmSha256 = 0x1301,

    /// <summary>TLS_AES_256_GCM_SHA384, of TLS 1.3.</summary>
    Aes256GcmSha384 = 0x1302,

    /// <summary>TLS_CHACHA20_POLY1305_SHA256, of TLS 1.3.</summary>
    Chacha20Poly1305Sha256 = 0x1303,

    /// <summary>TLS_AES_128_CCM_SHA256, of TLS 1.3.</summary>
    Aes128CcmSha256 = 0x1304,

    /// <summary>TLS_AES_128_CCM_8_SHA256, of TLS 1.3.</summary>
    Aes128Ccm8Sha256 = 0x1305,

    /// <summary>TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256.</summary>
    EcdheEcdsaWithAes128GcmSha256 = 0xC02B,

    /// <summary>TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384.</summary>
    EcdheEcdsaWithAes256GcmSha384 = 0xC02C,

    /// <summary>TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256.</summary>
    EcdheRsaWithAes128GcmSha256 = 0xC02F,

    /// <summary>TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384.</summary>
    EcdheRsaWithAes256GcmSha384 = 0xC030,

    /// <summary>TLS_ECDHE_ECDSA_WITH_AES_128_CCM.</summary>
    EcdheEcdsaWithAes128Ccm = 0xC0AC,

    /// <summary>TLS_ECDHE_ECDSA_WITH_AES_256_CCM.</summary>
    EcdheEcdsaWithAes256Ccm = 0xC0AD,

    /// <summary>TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8.</summary>
    EcdheEcdsaWithAes128Ccm8 = 0xC0AE,

    /// <summary>TLS_ECDHE_ECDSA_WITH_AES_256_CCM_8.</summary>
    EcdheEcdsaWithAes256Ccm8 = 0xC0AF,

    /// <summary>TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256.</summary>
    EcdheRsaWithChacha20Poly1305Sha256 = 0xCCA8,

    /// <summary>TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256.</summary>
    EcdheEcdsaWithChacha20Poly1305Sha256 = 0xCCA9,
}
