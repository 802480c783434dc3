namespace Dicom.Net;

/// <summary>Whether a server wants to know who its clients are.</summary>
public enum DicomTlsClientCertificateMode
{
    /// <summary>It does not ask.</summary>
    None = 0,

    /// <summary>It asks; a client that shows nothing is welcome, one that shows a certificate that is not trusted is not.</summary>
    Optional = 1,

    /// <summary>It asks, and ends the connection of a client that shows nothing.</summary>
    Required = 2,
}
