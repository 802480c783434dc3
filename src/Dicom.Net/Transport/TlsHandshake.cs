using System.Net.Security;
using System.Security.Authentication;

namespace Dicom.Net.Transport;

/// <summary>Secures a connection that stands, in either role. It holds no thread while it waits for the peer.</summary>
internal static class TlsHandshake
{
    /// <summary>Runs the handshake to its end.</summary>
    /// <param name="below">The connection to secure; the outcome owns it, and after a failure the caller closes it.</param>
    /// <param name="settings">What this side wants.</param>
    /// <param name="peer">Who is on the other side.</param>
    /// <param name="time">The clock of its time limit.</param>
    /// <exception cref="TransportException">There is no secure link; the message says why, and as far as known what to do.</exception>
    public static async Task<TlsConnection> RunAsync(PduConnection below, TlsSettings settings, TlsPeer peer, TimeProvider time)
    {
        RequireCertificate(settings, peer);
        var turn = new TlsCipherTurn();
        var records = new TlsRecordStream(below, turn);
        var check = new TlsChainCheck(settings, peer);
        var ssl = new SslStream(records, leaveInnerStreamOpen: true);
        using var late = new CancellationTokenSource(settings.HandshakeTimeout, time);
        try
        {
            await AuthenticateAsync(ssl, settings, peer, check, late.Token).ConfigureAwait(false);
            turn.Yield();
            if (settings.AllowedSuites.Count > 0 && !settings.AllowedSuites.Contains(ssl.NegotiatedCipherSuite))
            {
                throw new AuthenticationException($"{ssl.NegotiatedCipherSuite} is none of the cipher suites that are allowed here");
            }

            return new(below, records, ssl, turn);
        }
        catch (Exception error)
        {
            await ssl.DisposeAsync().ConfigureAwait(false);
            records.ReleaseUnread();
            throw new TlsHandshakeFailure(below.RemoteEndPoint, records, settings, peer)
            {
                Refusal = check.Refusal,
                IsLate = late.IsCancellationRequested,
            }.Explain(error);
        }
    }

    private static void RequireCertificate(TlsSettings settings, TlsPeer peer)
    {
        if (!peer.IsServer && settings.Certificate is null)
        {
            throw new TransportException(
                TransportErrorKind.TlsSetup,
                "This side has no certificate, which a TLS server needs: set one in the TLS options, or before the connection is accepted.");
        }
    }

    private static Task AuthenticateAsync(
        SslStream ssl, TlsSettings settings, TlsPeer peer, TlsChainCheck check, CancellationToken cancellationToken) => peer.IsServer
            ? ssl.AuthenticateAsClientAsync(settings.ForClient(settings.TargetHost ?? peer.Host ?? "", check.Check), cancellationToken)
            : ssl.AuthenticateAsServerAsync(settings.ForServer(check.Check), cancellationToken);
}
