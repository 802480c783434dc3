using System.Security.Cryptography.X509Certificates;

namespace Dicom.Net;

/// <summary>The event SecureLinkReady.</summary>
public sealed class DicomSecureLinkEventArgs : DicomNetEventArgs
{
    internal DicomSecureLinkEventArgs(DicomNet net, DicomExceptionCode error)
        : base(error)
        => Net = net;

    /// <summary>The object of the connection: the sender.</summary>
    public DicomNet Net { get; }
}

/// <summary>The event Verifying: one certificate of the peer's chain. Default answer: on, if nothing is wrong with it.</summary>
public sealed class DicomVerifyEventArgs : EventArgs
{
    internal DicomVerifyEventArgs(DicomNet net, X509Certificate2 certificate, int depth, int error, string errorText)
    {
        Net = net;
        Certificate = certificate;
        Depth = depth;
        Error = error;
        ErrorText = errorText;
    }

    /// <summary>The object of the connection: the sender.</summary>
    public DicomNet Net { get; }

    /// <summary>The certificate. It is disposed of after the event.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>0 for the peer's own, 1 for that of its issuer, and so on up to the root.</summary>
    public int Depth { get; }

    /// <summary>What is wrong, by OpenSSL's number (X509_V_ERR_…): 10 expired, 18 self-signed, 62 another host's. 0: nothing.</summary>
    public int Error { get; }

    /// <summary>The same in words; empty when nothing is wrong.</summary>
    public string ErrorText { get; }

    /// <summary>Whether to go on with this peer. Before a handler changes it: whether nothing is wrong.</summary>
    public bool Continue { get; set; }
}
