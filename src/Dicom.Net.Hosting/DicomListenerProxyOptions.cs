namespace Dicom.Net.Hosting;

/// <summary>That peers come to a listener through proxies which speak the PROXY protocol: see <see cref="DicomProxyProtocol"/>.</summary>
public sealed class DicomListenerProxyOptions
{
    /// <summary>The networks of the proxies, as 192.0.2.0/24 or 2001:db8::/32: at least one.</summary>
    public IList<string> TrustedNetworks { get; } = [];

    /// <summary>Whether connections from elsewhere are let in as they are. False unless set.</summary>
    public bool AcceptsDirect { get; set; }

    /// <summary>How long a header may take; null, the default: as <see cref="DicomProxyProtocol.HeaderTimeout"/> has it.</summary>
    public TimeSpan? HeaderTimeout { get; set; }
}
