using System.Net;

namespace Dicom.Net;

/// <summary>
/// That peers come to a listener through proxies (HAProxy, nginx, a cloud's balancer) which tell whom they speak for, by the PROXY protocol,
/// versions 1 and 2 ("The PROXY protocol, Versions 1 &amp; 2", HAProxy Technologies, 2020/03/05; its sections are named here).
/// </summary>
/// <remarks>
/// <para>Each connection from a trusted network then begins with the header, before TLS and the first PDU; one that does not is closed, and
/// nothing is guessed (§2). The address that the header tells is the peer's from then on: for <see cref="DicomAdmission"/> and the limits for each
/// address, in logs, traces and spans, and as <see cref="DicomNet.PeerAddress"/>.</para>
/// <para>A proxy that only looks whether this side is well is no peer: it connects and closes without a byte, or says LOCAL (§2.2). Neither is
/// told to the log above Debug or counted by a metric; rules about addresses do not hold for LOCAL, which is the trusted proxy itself.</para>
/// <para>Where a proxy does not know whom it speaks for (UNKNOWN, AF_UNSPEC, AF_UNIX), the connection's own address counts (§2.1), and rules about
/// addresses hold for that.</para>
/// </remarks>
public sealed record DicomProxyProtocol
{
    /// <summary>
    /// The networks of the proxies: at least one. Whoever connects from there is believed whatever address he tells: name the proxies, and not
    /// the network that peers are in.
    /// </summary>
    public required IReadOnlyList<IPNetwork> TrustedNetworks { get; init; }

    /// <summary>
    /// Whether connections from elsewhere are let in as they are, without a header, with their own address. False unless set: then they are
    /// closed, since who gets round the proxies gets round what those guard against.
    /// </summary>
    public bool AcceptsDirect { get; init; }

    /// <summary>
    /// How long a header may take, from the connection to its last byte. Default 5 seconds: §2 asks for "at least 3 seconds to cover a TCP
    /// retransmit".
    /// </summary>
    public TimeSpan HeaderTimeout { get; init; } = TimeSpan.FromSeconds(5);

    internal bool Trusts(IPAddress address)
    {
        for (var i = 0; i < TrustedNetworks.Count; i++)
        {
            if (TrustedNetworks[i].Contains(address))
            {
                return true;
            }
        }

        return false;
    }

    /// <exception cref="ArgumentException">A value is out of range; the message says which.</exception>
    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(TrustedNetworks);
        if (TrustedNetworks.Count == 0)
        {
            throw new ArgumentException("The PROXY protocol needs the networks of the proxies to trust: name at least one.", nameof(TrustedNetworks));
        }

        DicomNetOptions.RequirePositive(HeaderTimeout, nameof(HeaderTimeout));
    }
}
