using System.Net;

namespace Dicom.Net.Transport;

/// <summary>Why a handshake failed.</summary>
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

    /// <summary>Why the peer's certificates were refused; null where they were not.</summary>
    public string? Refusal { get; init; }

    /// <summary>Whether the time was up.</summary>
    public bool IsLate { get; init; }

    public TransportException Explain(Exception error) => error switch
    {
        TransportException { Kind: TransportErrorKind.Closed } closed => closed,
        _ when Refusal is not null => Because(TransportErrorKind.TlsPeerCertificate, Refusal, error),
        OperationCanceledException when IsLate =>
            Because(TransportErrorKind.TlsTimedOut, $"it was not done within {settings.HandshakeTimeout.TotalSeconds:0.###} seconds", error),
        TransportException lost when records.FirstByte is not null => lost,
        _ when !peer.IsServer && HasLeft(error) => Because(TransportErrorKind.TlsPeerLeft, Reason(error), error),
        _ => Because(TransportErrorKind.TlsHandshake, Reason(error), error),
    };

    private TransportException Because(TransportErrorKind kind, string reason, Exception error) =>
        new(kind, $"The TLS handshake with {peerEndPoint} failed: {reason}.", error);

    private bool HasLeft(Exception error) => records.FirstByte is null && (records.HasEnded || error is TransportException);

    private string Reason(Exception error) => records.FirstByte switch
    {
        null when HasLeft(error) =>
            $"the peer ended the connection without a word{(peer.IsServer ? ": it may want a plain one on this port" : "")}",
        null => TlsErrorWords.Describe(error),
        <= LargestPlainType and > 0 when peer.IsServer => "the peer answers without TLS: it wants a plain connection on this port",
        <= LargestPlainType and > 0 => "the peer speaks without TLS on the port for TLS",
        not Alert and not Handshake => $"what the peer sends is not TLS: it begins with {records.FirstByte:X2}H",
        _ when TlsErrorWords.MeaningOf(error) is { } meaning => meaning,
        _ when records.HasEnded => "the peer ended the connection in its midst, as one does that accepts none of the versions or suites",
        _ => TlsErrorWords.Describe(error),
    };
}
