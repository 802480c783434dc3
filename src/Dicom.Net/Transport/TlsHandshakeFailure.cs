using System.Net;

namespace Dicom.Net.Transport;

/// <summary>Why a handshake failed, in words that help: TLS libraries have codes for it, which rarely do.</summary>
/// <param name="peerEndPoint">The peer, for the message.</param>
/// <param name="records">What has passed.</param>
/// <param name="settings">What this side wanted.</param>
/// <param name="peer">The peer.</param>
internal sealed class TlsHandshakeFailure(IPEndPoint peerEndPoint, TlsRecordStream records, TlsSettings settings, TlsPeer peer)
{
    // The first byte of a TLS record in a handshake: alert or handshake (RFC 8446 §5.1).
    private const byte Alert = 0x15, Handshake = 0x16;

    // The types of the seven PDUs of DICOM (PS3.8 §9.3) are not known here, only that their numbers are small.
    private const byte LargestPlainType = 7;

    /// <summary>What OpenSSL says, and what it means.</summary>
    private static readonly (string Part, string Meaning)[] Meanings =
    [
        ("no suitable signature algorithm", "the peer cannot verify the kind of key that this side's certificate has"),
        ("unsupported protocol", "the two sides have no version of TLS in common"),
        ("alert protocol version", "the peer does not speak the versions of TLS that this side allows"),
        ("no protocols available", "the system allows none of the versions of TLS that were asked for"),
        ("no shared cipher", "the two sides have no cipher suite in common, or none that fits the kind of key of this side's certificate"),
        ("no ciphers available", "the system has none of the cipher suites that were asked for"),
        ("no application protocol", "the peer means to speak something else than DICOM over this connection (ALPN)"),
        ("wrong version number", "the peer does not speak TLS, or not on this port"),
        ("alert unknown ca", "the peer does not trust the authority that has issued this side's certificate"),
        ("alert certificate expired", "to the peer, this side's certificate has expired"),
        ("alert certificate required", "the peer wants to see a certificate, and this side has shown none"),
        ("alert bad certificate", "the peer does not accept this side's certificate"),
        ("alert handshake failure", "the peer accepts none of the cipher suites that this side allows, or misses a certificate"),
    ];

    /// <summary>Why the peer's certificates were refused; null where they were not.</summary>
    public string? Refusal { get; init; }

    /// <summary>Whether the time was up.</summary>
    public bool IsLate { get; init; }

    public TransportException Explain(Exception error) => error switch
    {
        TransportException { Kind: TransportErrorKind.Closed } => (TransportException)error,
        _ when Refusal is not null => Because(TransportErrorKind.TlsPeerCertificate, Refusal, error),
        OperationCanceledException when IsLate =>
            Because(TransportErrorKind.TimedOut, $"it was not done within {settings.HandshakeTimeout.TotalSeconds:0.###} seconds", error),
        TransportException lost => new(lost.Kind, lost.Message, lost),
        _ => Because(TransportErrorKind.TlsHandshake, Reason(error), error),
    };

    private TransportException Because(TransportErrorKind kind, string reason, Exception error) =>
        new(kind, $"The TLS handshake with {peerEndPoint} failed: {reason}.", error);

    private string Reason(Exception error) => records.FirstByte switch
    {
        null => "the peer closed the connection without a word",
        <= LargestPlainType and > 0 when peer.IsServer => "the peer answers without TLS: it wants a plain connection on this port",
        <= LargestPlainType and > 0 => "the peer speaks without TLS on the port for TLS",
        not Alert and not Handshake => $"what the peer sends is not TLS: it begins with {records.FirstByte:X2}H",
        _ => Meaning(error),
    };

    private string Meaning(Exception error)
    {
        var innermost = error;
        while (innermost.InnerException is { } inner)
        {
            innermost = inner;
        }

        var known = Array.Find(Meanings, known => innermost.Message.Contains(known.Part, StringComparison.OrdinalIgnoreCase)).Meaning;
        return known is not null ? $"{known} ({innermost.Message})"
            : records.HasEnded ? $"the peer closed the connection in its midst{(peer.IsServer ? ", as one does that accepts no version or suite" : "")}"
            : innermost.Message.TrimEnd('.');
    }
}
