namespace Dicom.Net;

/// <summary>How the connections of a <see cref="DicomNet"/> are secured.</summary>
public enum DicomNetSecurityMode
{
    /// <summary>Not at all: plain TCP (PS3.8 §9.1).</summary>
    None = 0,

    /// <summary>TLS (PS3.15 Annex B), as <see cref="DicomTlsOptions"/> say.</summary>
    Tls = 1,

    /// <summary>ISCL, a layer that PS3.15 has retired. Not supported: the constructor refuses it.</summary>
    Iscl = 2,
}
