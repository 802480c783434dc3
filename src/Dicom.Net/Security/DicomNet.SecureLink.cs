using System.Security.Cryptography.X509Certificates;
using Dicom.Net.Diagnostics;
using Dicom.Net.Transport;
using Dicom.Net.UpperLayer;

namespace Dicom.Net;

/// <summary>The handshake that makes a connection a secure one, before the first PDU.</summary>
/// <remarks>
/// It runs between OnConnect, or Accept, and OnSecureLinkReady, on threads of the pool and on none while it waits. One that stalls or fails
/// costs its own connection and nothing else.
/// </remarks>
public partial class DicomNet
{
    private DicomNetSecurityMode _security;
    private DicomTlsStatusType _tlsStatus;
    private string? _lastTlsError;

    /// <summary>A secure link stands, or failed: see <see cref="OnSecureLinkReady"/>.</summary>
    public event EventHandler<DicomSecureLinkEventArgs>? SecureLinkReady;

    /// <summary>A certificate of the peer's is looked at: see <see cref="OnVerify"/>.</summary>
    public event EventHandler<DicomVerifyEventArgs>? Verifying;

    /// <summary>How far the secure link of the connection, or of the last one, has got.</summary>
    /// <returns>Its state.</returns>
    public DicomTlsStatusType GetTlsStatus() => _tlsStatus;

    /// <summary>What went wrong last with certificates, keys or the secure link, in words.</summary>
    /// <returns>The words; empty when nothing has.</returns>
    public string GetLastTlsError() => (_connection as TlsConnection)?.Failure ?? _lastTlsError ?? "";

    /// <summary>
    /// Called when the secure link of a connection stands, or did not come about: on the object of the connection, after
    /// <see cref="OnConnect"/> or Accept, in TLS mode only. The association may be asked for now, and not before.
    /// </summary>
    /// <param name="error">
    /// <see cref="DicomExceptionCode.Success"/>, or why not; <see cref="GetLastTlsError"/> has the words, and <see cref="OnClose"/> follows.
    /// </param>
    /// <remarks>
    /// The base raises <see cref="SecureLinkReady"/>. A client is done before the server has judged its certificate (in TLS 1.3 always, RFC 8446 §2;
    /// with many servers in TLS 1.2 too): if that is refused, the connection ends after this. Not called where a client has left without a byte, as
    /// balancers do to see whether somebody listens: then nothing has failed, and <see cref="OnClose"/> follows alone, with success.
    /// </remarks>
    protected virtual void OnSecureLinkReady(DicomExceptionCode error) =>
        Raise(net => net.SecureLinkReady, new DicomSecureLinkEventArgs(this, error));

    /// <summary>
    /// Called in the midst of the handshake for each certificate that leads from the peer to the root it claims, the root's first; where
    /// several things are wrong with one, once for each of them.
    /// </summary>
    /// <param name="ok">Whether nothing is wrong with this one.</param>
    /// <param name="certificate">The certificate; it is disposed of after the call.</param>
    /// <param name="depth">0 for the peer's own, 1 for that of its issuer, and so on.</param>
    /// <param name="error">What is wrong, by OpenSSL's number (X509_V_ERR_…): 10 expired, 18 self-signed, 62 another host's. 0: nothing.</param>
    /// <param name="errorText">The same in words; empty when nothing is wrong.</param>
    /// <returns>True to go on, in spite of what is wrong too; false to end the connection.</returns>
    /// <remarks>
    /// The base raises <see cref="Verifying"/>, and goes on if nothing is wrong. The handshake waits for the answer, which its time limit
    /// cannot cut short. Where a peer shows nothing there is nothing to ask: see <see cref="DicomTlsOptions.ClientCertificateMode"/>.
    /// </remarks>
    protected virtual bool OnVerify(bool ok, X509Certificate2 certificate, int depth, int error, string errorText)
    {
        var question = new DicomVerifyEventArgs(this, certificate, depth, error, errorText) { Continue = ok };
        Raise(net => net.Verifying, question);
        return question.Continue;
    }

    /// <summary>Called when <see cref="SetTlsClientCertificate"/> meets a private key that is encrypted.</summary>
    /// <param name="encryption">False: the password is to decrypt with, which is all that this library does.</param>
    /// <returns>The password; empty to give up.</returns>
    /// <remarks>The base knows none.</remarks>
    protected virtual string OnPrivateKeyPassword(bool encryption) => "";

    private static DicomNetResult StillSecuring { get; } = new(
        DicomExceptionCode.NetNotConnected, "The TLS handshake is under way: wait for OnSecureLinkReady, not for OnConnect, before sending.");

    /// <summary>Whether the connection is one that TLS secures.</summary>
    internal bool IsSecured => _connection is TlsConnection;

    private bool IsSecuring => _isConnected && _tlsStatus == DicomTlsStatusType.Handshaking;

    internal void TellSecureLinkReady() => Guard(nameof(OnSecureLinkReady), () => OnSecureLinkReady(DicomExceptionCode.Success));

    /// <summary>Secures a connection and runs it.</summary>
    /// <param name="below">The connection, not yet secure.</param>
    /// <param name="role">Who has connected.</param>
    /// <param name="host">What the peer was called; null where it has connected.</param>
    /// <param name="exchange">What the connection carries.</param>
    private async Task SecureAsync(PduConnection below, AssociationRole role, string? host, PeerExchange exchange)
    {
        if (role == AssociationRole.Requestor)
        {
            TellConnected();
        }

        TlsConnection secure;
        try
        {
            var peer = new TlsPeer(role == AssociationRole.Requestor, host is null ? null : HostLiteral.Bare(host), Verify);
            var turns = exchange.Place is null ? null : Server?.Door.Handshakes;
            secure = await TlsHandshake.RunAsync(below, CurrentTls.ToSettings(), peer, _options.TimeProvider, turns, _log).ConfigureAwait(false);
            Install(secure, peer);
        }
        catch (Exception error)
        {
            // Whatever it is: a connection that is not secured is closed, and its place comes back.
            EndUnsecured(
                below, error as TransportException ?? new(TransportErrorKind.TlsSetup, $"TLS cannot be used: {error.Message}", error), exchange);
            return;
        }

        await RunLayerAsync(secure, role, exchange).ConfigureAwait(false);
    }

    private void Install(TlsConnection secure, TlsPeer peer)
    {
        var facts = secure.Facts;
        var suite = (DicomTlsCipherSuiteType)facts.CipherSuite;
        _suite = CipherSuiteFacts.Of(suite);
        _serverCertificate = peer.IsServer ? facts.PeerCertificate : facts.OwnCertificate;
        Volatile.Write(ref _link, new(facts.Protocol, suite, facts.ApplicationProtocol, facts.PeerCertificate));
        _tlsStatus = DicomTlsStatusType.Ready;
        lock (_gate)
        {
            _connection = secure;
            if (_disposed)
            {
                secure.Abort();
            }
        }

        TlsLog.Secured(
            _log, secure.RemoteEndPoint, facts.Protocol.ToString(), facts.CipherSuite.ToString(),
            facts.PeerCertificate is { } certificate ? HostLiteral.Quote(certificate.Subject) : "none");
    }

    private void EndUnsecured(PduConnection below, TransportException error, PeerExchange exchange)
    {
        below.Close();
        _lastTlsError = error.Message;
        _tlsStatus = DicomTlsStatusType.Failed;
        if (error.Kind == TransportErrorKind.TlsPeerLeft)
        {
            TlsLog.PeerLeft(exchange.Log, below.RemoteEndPoint);
            EndConnection(DicomNetResult.Success, exchange);
            return;
        }

        LastError = ResultOf(error);
        var count = 1;
        if (exchange.Place is { } place)
        {
            // Else nobody was refused: it is this side that has connected.
            _options.Instruments.TellRefused("not_secured");
            count = Server?.Door.Refusals.NotSecured.Note(place.Host) ?? 1;
        }

        if (LastError.Code == DicomExceptionCode.TlsTimeout)
        {
            _options.Instruments.TellTimeout("handshake");
        }

        if (count > 0)
        {
            TlsLog.NotSecured(exchange.Log, below.RemoteEndPoint, count, error.Message);
        }

        var code = LastError.Code;
        Guard(nameof(OnSecureLinkReady), () => OnSecureLinkReady(code));
        EndConnection(LastError, exchange);
    }

    private bool Verify(TlsVerification found)
    {
        var goesOn = false;
        Guard(
            nameof(OnVerify),
            () => goesOn = OnVerify(found.IsOk, found.Certificate, found.Depth, (int)found.Error, found.Text));
        if (goesOn && !found.IsOk)
        {
            TlsLog.AcceptedAnyway(_log, Peer, found.Text);
        }

        return goesOn;
    }

    /// <summary>Whether what is set can be used at all, as far as that can be told before there is a peer.</summary>
    private DicomNetResult CheckSecurity()
    {
        try
        {
            if (IsToSecure)
            {
                CurrentTls.ToSettings();
            }

            return DicomNetResult.Success;
        }
        catch (TransportException error)
        {
            _lastTlsError = error.Message;
            return ResultOf(error);
        }
    }

    /// <summary>Whether the connection, or the next one, is one for TLS: this object's mode, or that of the listener that accepted it.</summary>
    private bool IsToSecure => _security == DicomNetSecurityMode.Tls || _listenersTls is not null;

    /// <summary>Before a connection, a plain one too: what the last one has left is forgotten.</summary>
    private void ForgetSecureLink()
    {
        _tlsStatus = IsToSecure ? DicomTlsStatusType.Handshaking : DicomTlsStatusType.None;
        _lastTlsError = null;
        _suite = default;
        _serverCertificate = null;
        Volatile.Write(ref _link, null);
    }

    /// <summary>
    /// What an object has not been given is its listener's, so that no connection of a TLS listener is ever a plain one; and it is so for this
    /// connection only: the next listener's may be others.
    /// </summary>
    private void TakeSecurityOf(DicomNet? listener)
    {
        var inherited = listener is { IsToSecure: true } ? listener.CurrentTls : null;
        lock (_gate)
        {
            _listenersTls = inherited;
            _currentTls = null;
        }
    }
}
