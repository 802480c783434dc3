using System.Net.Security;
using System.Security.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dicom.Net.Transport;

/// <summary>Secures a connection that stands, in either role. It holds no thread while it waits for the peer.</summary>
internal static class TlsHandshake
{
    /// <summary>Runs the handshake to its end.</summary>
    /// <param name="below">The connection to secure; the outcome owns it, and after a failure the caller closes it.</param>
    /// <param name="settings">What this side wants.</param>
    /// <param name="peer">Who is on the other side.</param>
    /// <param name="time">The clock of its time limit.</param>
    /// <param name="turns">How many may be computed at a time; null: any number.</param>
    /// <param name="log">Where to report; null: nowhere.</param>
    /// <exception cref="TransportException">There is no secure link; the message says why, and as far as known what to do.</exception>
    public static async Task<TlsConnection> RunAsync(
        PduConnection below, TlsSettings settings, TlsPeer peer, TimeProvider time, TlsHandshakeTurns? turns = null, ILogger? log = null)
    {
        RequireCertificate(settings, peer);
        var hearing = new PeerHearing(below);
        var handshake = new TlsHandshakeTurn(turns, hearing);
        var turn = new TlsCipherTurn();
        var records = new TlsRecordStream(below, turn) { Handshake = handshake };
        var check = new TlsChainCheck(settings, peer with { Verify = found => VerifyOutOfTurn(found, peer, handshake) });
        var ssl = new SslStream(records, leaveInnerStreamOpen: true);
        using var late = new HearingTimeout(settings.HandshakeTimeout, hearing, time);
        try
        {
            await AuthenticateAsync(ssl, settings, peer, check, late.Token).ConfigureAwait(false);
            records.Handshake = null;
            turn.Yield();
            if (settings.AllowedSuites.Count > 0 && !settings.AllowedSuites.Contains(ssl.NegotiatedCipherSuite))
            {
                throw new AuthenticationException($"{ssl.NegotiatedCipherSuite} is none of the cipher suites that are allowed here");
            }

            return new(below, records, ssl, turn, log ?? NullLogger.Instance);
        }
        catch (Exception error)
        {
            await ssl.DisposeAsync().ConfigureAwait(false);
            records.ReleaseUnread();
            throw new TlsHandshakeFailure(below.RemoteEndPoint, records, settings, peer)
            {
                Refusal = check.Refusal,
                IsLate = late.Token.IsCancellationRequested,
            }.Explain(error);
        }
        finally
        {
            handshake.Yield();
        }
    }

    /// <summary>The application may ask a person, or another machine.</summary>
    private static bool VerifyOutOfTurn(TlsVerification found, TlsPeer peer, TlsHandshakeTurn turn)
    {
        turn.Yield();
        return peer.Verify(found);
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
