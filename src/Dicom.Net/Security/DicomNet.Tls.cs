using System.Security.Cryptography.X509Certificates;
using Dicom.Net.Transport;

namespace Dicom.Net;

/// <summary>How this object secures its connections: its certificate, its cipher suites, and what was agreed on with the peer.</summary>
public partial class DicomNet
{
    // Null: no options were given. Then a client object takes what its listener has.
    private DicomTlsOptions? _tls;

    // What the Set… members have set, in place of what the options given, or the listener's, have. One that is replaced is let go: connections
    // that stand, or are being secured, may still need it, and the last of them takes it along.
    private TlsOwnCertificate? _ownCertificate;
    private IReadOnlyList<DicomTlsCipherSuiteType>? _ownSuites;

    // Of the listener that accepted the connection; null of every other.
    private DicomTlsOptions? _listenersTls;
    private DicomTlsOptions? _currentTls;

    private DicomTlsLink? _link;
    private CipherSuiteFacts _suite;
    private X509Certificate2? _serverCertificate;

    /// <summary>What was agreed on with the peer, from <see cref="OnSecureLinkReady"/> on; null before, and of a plain connection.</summary>
    public DicomTlsLink? SecureLink => Volatile.Read(ref _link);

    /// <summary>
    /// Sets the certificate that this object shows, whichever role it has; before Connect or Accept. Of an encrypted key the password is asked
    /// for by <see cref="OnPrivateKeyPassword"/>.
    /// </summary>
    /// <param name="certificateFile">The file with the certificate.</param>
    /// <param name="certificateType">What is in it.</param>
    /// <param name="privateKeyFile">The file with its private key; null: the same.</param>
    /// <returns>Success, or what is wrong with the files; then nothing has changed.</returns>
    /// <exception cref="DicomException">As the return code, if <see cref="ThrowOnError"/> is set.</exception>
    public DicomNetResult SetTlsClientCertificate(string certificateFile, DicomTlsCertificateType certificateType, string? privateKeyFile)
    {
        ArgumentException.ThrowIfNullOrEmpty(certificateFile);
        if (_security != DicomNetSecurityMode.Tls)
        {
            return Return(MakesPlainConnections);
        }

        var format = certificateType switch
        {
            DicomTlsCertificateType.Asn1 => TlsFileFormat.Der,
            DicomTlsCertificateType.Pfx => TlsFileFormat.Pfx,
            _ => TlsFileFormat.Pem,
        };
        try
        {
            var files = new TlsCertificateFile(certificateFile, string.IsNullOrEmpty(privateKeyFile) ? null : privateKeyFile, format);
            var loaded = files.Load(AskPassword);
            return ChangeTls(() => _ownCertificate = loaded);
        }
        catch (TransportException error)
        {
            _lastTlsError = error.Message;
            return Return(ResultOf(error));
        }
    }

    /// <summary>As <see cref="SetTlsClientCertificate"/>: an object has one certificate.</summary>
    /// <param name="certificateFile">The file with the certificate.</param>
    /// <param name="certificateType">What is in it.</param>
    /// <param name="privateKeyFile">The file with its private key; null: the same.</param>
    /// <returns>Success, or what is wrong with the files; then nothing has changed.</returns>
    /// <exception cref="DicomException">As the return code, if <see cref="ThrowOnError"/> is set.</exception>
    public DicomNetResult SetTlsServerCertificate(string certificateFile, DicomTlsCertificateType certificateType, string? privateKeyFile) =>
        SetTlsClientCertificate(certificateFile, certificateType, privateKeyFile);

    /// <summary>
    /// Puts a cipher suite into the list of those that are allowed, the preferred one first; before Connect or Accept. The list begins as the
    /// profile's; the first change makes it this object's own.
    /// </summary>
    /// <param name="index">Its place: at most the number of suites in the list, which adds it at the end.</param>
    /// <param name="cipherSuite">The suite; <see cref="DicomTlsCipherSuiteType.None"/> ends the list at this place.</param>
    /// <returns>Success, or what is wrong; then nothing has changed.</returns>
    /// <exception cref="DicomException">As the return code, if <see cref="ThrowOnError"/> is set.</exception>
    /// <remarks>A list without a suite of TLS 1.3 (those named without a key exchange) allows TLS 1.2 at most.</remarks>
    public DicomNetResult SetTlsCipherSuiteByIndex(int index, DicomTlsCipherSuiteType cipherSuite)
    {
        var suites = CurrentTls.AllowedSuites;
        if (index < 0 || index > suites.Count)
        {
            return Return(DicomExceptionCode.Parameter, $"The list has {suites.Count} cipher suites: pass an index of 0 to {suites.Count}.");
        }

        DicomTlsCipherSuiteType[] set = cipherSuite == DicomTlsCipherSuiteType.None
            ? [.. suites.Take(index)]
            : [.. suites.Take(index), cipherSuite, .. suites.Skip(index + 1)];
        return ChangeTls(() => _ownSuites = set);
    }

    /// <summary>Reads the list of cipher suites that are allowed.</summary>
    /// <param name="index">The place, from 0 on.</param>
    /// <returns>The suite; <see cref="DicomTlsCipherSuiteType.None"/> past the end.</returns>
    public DicomTlsCipherSuiteType GetTlsCipherSuiteByIndex(int index) =>
        CurrentTls.AllowedSuites is var suites && index >= 0 && index < suites.Count ? suites[index] : DicomTlsCipherSuiteType.None;

    /// <summary>The cipher suite that was agreed on.</summary>
    /// <returns>The suite; <see cref="DicomTlsCipherSuiteType.None"/> without a secure link.</returns>
    public DicomTlsCipherSuiteType GetTlsCipherSuite() => SecureLink?.CipherSuite ?? DicomTlsCipherSuiteType.None;

    /// <summary>With what kind of key the server proved who it is.</summary>
    /// <returns>The kind; None without a secure link.</returns>
    public DicomTlsAuthenticationAlgorithm GetTlsAuthenticationAlgorithm() =>
        _serverCertificate?.GetKeyAlgorithm() switch
        {
            "1.2.840.113549.1.1.1" => DicomTlsAuthenticationAlgorithm.Rsa, // rsaEncryption (RFC 3279 §2.3.1)
            "1.2.840.10045.2.1" => DicomTlsAuthenticationAlgorithm.Ecdsa, // id-ecPublicKey (RFC 5480 §2.1.1)
            _ => _suite.Authentication,
        };

    /// <summary>How a change of the bytes on their way is noticed.</summary>
    /// <returns>The algorithm; None without a secure link.</returns>
    public DicomTlsIntegrityAlgorithm GetTlsIntegrityAlgorithm() => _suite.Integrity;

    /// <summary>How the key was agreed on.</summary>
    /// <returns>The algorithm; None without a secure link.</returns>
    public DicomTlsKeyExchangeAlgorithm GetTlsKeyExchangeAlgorithm() => _suite.KeyExchange;

    /// <summary>The length of the key that encrypts.</summary>
    /// <returns>Bits; 0 without a secure link.</returns>
    public int GetTlsEncryptionKeyLength() => _suite.KeyBits;

    /// <summary>The length of the key that the server proved its identity with.</summary>
    /// <returns>Bits; 0 without a secure link.</returns>
    public int GetTlsMutualAuthenticationKeyLength()
    {
        using var rsa = _serverCertificate?.GetRSAPublicKey();
        using var ecdsa = _serverCertificate?.GetECDsaPublicKey();
        return rsa?.KeySize ?? ecdsa?.KeySize ?? 0;
    }

    /// <summary>The options that hold: one object as long as nothing changes, since preparing it costs as much as a handshake.</summary>
    internal DicomTlsOptions CurrentTls
    {
        get
        {
            lock (_gate)
            {
                return _currentTls ??= WithOwn(_tls ?? _listenersTls ?? DefaultTls);
            }
        }
    }

    private DicomTlsOptions WithOwn(DicomTlsOptions given)
    {
        var certified = _ownCertificate is { } own ? given.With(own) : given;
        return _ownSuites is { } suites ? certified with { CipherSuites = suites } : certified;
    }

    private static DicomTlsOptions DefaultTls { get; } = new();

    private static DicomNetResult MakesPlainConnections { get; } = new(
        DicomExceptionCode.InvalidState,
        "This object makes plain connections: pass DicomNetSecurityMode.Tls to its constructor, or to Initialize.");

    private string? AskPassword()
    {
        string? password = null;
        Guard(nameof(OnPrivateKeyPassword), () => password = OnPrivateKeyPassword(encryption: false));
        return string.IsNullOrEmpty(password) ? null : password;
    }

    /// <summary>What is set is set for the connections to come: it is never changed under one that stands.</summary>
    private DicomNetResult ChangeTls(Action change)
    {
        if (_security != DicomNetSecurityMode.Tls)
        {
            return Return(MakesPlainConnections);
        }

        lock (_gate)
        {
            change();
            _currentTls = null;
        }

        return DicomNetResult.Success;
    }
}
