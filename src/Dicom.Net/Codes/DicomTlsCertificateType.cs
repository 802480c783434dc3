namespace Dicom.Net;

/// <summary>What a file with a certificate or a private key holds.</summary>
public enum DicomTlsCertificateType
{
    /// <summary>Text between BEGIN and END lines (RFC 7468): certificates, the own one first, and the key, in one file or two.</summary>
    Pem = 1,

    /// <summary>One certificate in DER; the key, in DER too (PKCS #8, PKCS #1 or SEC 1), is in a file of its own.</summary>
    Asn1 = 2,

    /// <summary>PKCS #12 (.pfx, .p12): certificates and key together.</summary>
    Pfx = 3,
}
