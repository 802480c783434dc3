namespace Dicom.Net;

/// <summary>The TLS connection between a peer and the proxy that speaks for it (PP2_TYPE_SSL; §2.2.6 of the text of <see cref="DicomProxyHeader"/>).</summary>
public sealed record DicomProxyTls
{
    internal DicomProxyTls()
    {
    }

    /// <summary>
    /// Whether the proxy has seen a certificate of the peer's, on this connection or earlier in its session, and found nothing wrong with it.
    /// </summary>
    public bool IsVerified => (HasCertificate || HadCertificate) && VerifyResult == 0;

    /// <summary>Whether the peer has shown a certificate on this connection (PP2_CLIENT_CERT_CONN).</summary>
    public bool HasCertificate { get; internal init; }

    /// <summary>Whether it has shown one at least once in the TLS session that this connection belongs to (PP2_CLIENT_CERT_SESS).</summary>
    public bool HadCertificate { get; internal init; }

    /// <summary>
    /// 0 where nothing is wrong with the certificate; else the proxy's number, of HAProxy OpenSSL's. It is 0 too where there was none to look at:
    /// ask <see cref="IsVerified"/>.
    /// </summary>
    public uint VerifyResult { get; internal init; }

    /// <summary>The version, such as TLSv1.3 (PP2_SUBTYPE_SSL_VERSION).</summary>
    public string? Version { get; internal init; }

    /// <summary>The Common Name of the peer's certificate (PP2_SUBTYPE_SSL_CN). It says who the peer is only with <see cref="IsVerified"/>.</summary>
    public string? CommonName { get; internal init; }

    /// <summary>The cipher, by OpenSSL's name (PP2_SUBTYPE_SSL_CIPHER).</summary>
    public string? Cipher { get; internal init; }

    /// <summary>What the proxy's own certificate is signed with, such as RSA-SHA256 (PP2_SUBTYPE_SSL_SIG_ALG).</summary>
    public string? SignatureAlgorithm { get; internal init; }

    /// <summary>The key of the proxy's own certificate, such as RSA2048 (PP2_SUBTYPE_SSL_KEY_ALG).</summary>
    public string? KeyAlgorithm { get; internal init; }
}
