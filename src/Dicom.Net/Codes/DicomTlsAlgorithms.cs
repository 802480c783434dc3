namespace Dicom.Net;

/// <summary>How the key of a secure link was agreed on.</summary>
public enum DicomTlsKeyExchangeAlgorithm
{
    /// <summary>There is no secure link, or its cipher suite is not known here.</summary>
    None = 0,

    /// <summary>Sent under the server's RSA key: whoever gets that key later reads all that was recorded.</summary>
    Rsa = 1,

    /// <summary>Ephemeral Diffie-Hellman.</summary>
    Dhe = 2,

    /// <summary>Ephemeral Diffie-Hellman on an elliptic curve.</summary>
    Ecdhe = 3,

    /// <summary>Of TLS 1.3, whose suites leave it open: always ephemeral, on a curve unless both sides want it otherwise.</summary>
    Ephemeral = 4,
}

/// <summary>What kind of key the server proved its identity with.</summary>
public enum DicomTlsAuthenticationAlgorithm
{
    /// <summary>There is no secure link, or the kind of key is not known here.</summary>
    None = 0,

    /// <summary>RSA.</summary>
    Rsa = 1,

    /// <summary>ECDSA.</summary>
    Ecdsa = 2,
}

/// <summary>How a change of the bytes on their way is noticed.</summary>
public enum DicomTlsIntegrityAlgorithm
{
    /// <summary>There is no secure link, or its cipher suite is not known here.</summary>
    None = 0,

    /// <summary>HMAC with SHA-1.</summary>
    Sha1 = 1,

    /// <summary>The cipher itself: GCM, CCM or Poly1305 (authenticated encryption, RFC 5116).</summary>
    Aead = 2,
}

/// <summary>How far a secure link has got.</summary>
public enum DicomTlsStatusType
{
    /// <summary>There was none: no connection yet, or a plain one.</summary>
    None = 0,

    /// <summary>The handshake is under way.</summary>
    Handshaking = 1,

    /// <summary>It stands, or stood until the connection ended.</summary>
    Ready = 2,

    /// <summary>It did not come about: see <see cref="DicomNet.GetLastTlsError"/>.</summary>
    Failed = 3,
}
