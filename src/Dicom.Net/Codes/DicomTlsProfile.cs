namespace Dicom.Net;

/// <summary>
/// The Secure Transport Connection Profiles of PS3.15 Annex B: each a set of protocol versions and cipher suites. The retired ones are there
/// for old peers, and used only when asked for.
/// </summary>
/// <remarks>
/// Of a retired profile the system may refuse a part by its own policy: Debian's OpenSSL has no 3DES, and no TLS 1.0 or 1.1 unless its
/// configuration is changed. On Linux ephemeral Diffie-Hellman over integers (DHE), which B.9, B.10 and B.11 call for besides elliptic curves, is
/// for clients alone: .NET gives OpenSSL no parameters for a server.
/// </remarks>
public enum DicomTlsProfile
{
    /// <summary>B.12, BCP 195 RFC 8996, 9325: TLS 1.3 and 1.2, ephemeral keys, AES-GCM. The default.</summary>
    Bcp195Rfc8996 = 0,

    /// <summary>B.13, Modified BCP 195 RFC 8996, 9325: as B.12, with the wider list of suites that it prescribes.</summary>
    ModifiedBcp195Rfc8996 = 1,

    /// <summary>B.10, Non-Downgrading BCP 195, retired: TLS 1.2 and later, with ephemeral Diffie-Hellman over integers too.</summary>
    NonDowngradingBcp195 = 2,

    /// <summary>B.11, Extended BCP 195, retired: TLS 1.2 with the suites of B.10, and no others.</summary>
    ExtendedBcp195 = 3,

    /// <summary>B.9, BCP 195, retired: as B.10, and down to TLS 1.0 with AES-CBC and 3DES.</summary>
    Bcp195 = 4,

    /// <summary>B.3, AES TLS, retired: TLS 1.0 to 1.2, RSA key exchange, AES-CBC, else 3DES.</summary>
    Aes = 5,

    /// <summary>B.1, Basic TLS, retired: TLS 1.0 to 1.2, RSA key exchange, 3DES.</summary>
    Basic = 6,
}
