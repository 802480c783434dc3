using System.Security.Cryptography.X509Certificates;

namespace Dicom.Net;

/// <summary>The association that a handler serves. One object for each; it may be asked from any thread.</summary>
public sealed class DicomAssociationContext
{
    private readonly List<IAsyncDisposable> _owned = [];

    internal DicomAssociationContext(DicomNet net, DicomAssociate? requested, CancellationToken ended)
    {
        Net = net;
        Requested = requested;
        Ended = ended;
    }

    /// <summary>The object of the connection, for all that handlers do not do: aborting, requests of this side.</summary>
    public DicomNet Net { get; }

    /// <summary>What the peer has asked for; null where this side has asked.</summary>
    public DicomAssociate? Requested { get; }

    /// <summary>What was agreed on; null before that.</summary>
    public DicomAssociate? Agreed => Net.Association;

    /// <summary>The requestor's AE title. The peer's text: never to be used as a file name unchecked.</summary>
    public string Calling => (Requested ?? Agreed)?.Calling ?? "";

    /// <summary>The AE title that it called.</summary>
    public string Called => (Requested ?? Agreed)?.Called ?? "";

    /// <summary>The peer's address.</summary>
    public string PeerAddress => Net.PeerAddress;

    /// <summary>The peer's port.</summary>
    public int PeerPort => Net.PeerPort;

    /// <summary>What the proxy has said that the peer came through; null where it came without one. See <see cref="DicomNet.ProxyHeader"/>.</summary>
    public DicomProxyHeader? ProxyHeader => Net.ProxyHeader;

    /// <summary>What certificate the peer has shown; null where it has shown none, or the connection is plain.</summary>
    public X509Certificate2? PeerCertificate => Net.SecureLink?.PeerCertificate;

    /// <summary>Cancelled when the connection ends.</summary>
    public CancellationToken Ended { get; }

    /// <summary>Has something disposed of at the end of the association, after its last handler has returned; what was registered last goes first.</summary>
    /// <param name="owned">What to dispose of.</param>
    public void RegisterForDispose(IAsyncDisposable owned)
    {
        ArgumentNullException.ThrowIfNull(owned);
        lock (_owned)
        {
            _owned.Add(owned);
        }
    }

    /// <summary>What was registered, the last first; no more is registered afterwards.</summary>
    internal IReadOnlyList<IAsyncDisposable> TakeOwned()
    {
        lock (_owned)
        {
            IAsyncDisposable[] owned = [.. Enumerable.Reverse(_owned)];
            _owned.Clear();
            return owned;
        }
    }
}
