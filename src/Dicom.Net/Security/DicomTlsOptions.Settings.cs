using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Authentication;
using System.Security.Cryptography;
using Dicom.Net.Transport;

namespace Dicom.Net;

/// <summary>The options in the transport's terms.</summary>
public sealed partial record DicomTlsOptions
{
    /// <summary>The protocol's name in ALPN ("TLS Application-Layer Protocol Negotiation (ALPN) Protocol IDs" of IANA).</summary>
    private static readonly SslApplicationProtocol Dicom = new("dicom");

    // By the object, not by its value; and it goes with the object. To prepare a certificate or a list of suites costs as much as a handshake.
    private static readonly ConditionalWeakTable<DicomTlsOptions, TlsSettings> Prepared = [];

    /// <summary>The cipher suites that are allowed, the preferred one first.</summary>
    internal IReadOnlyList<DicomTlsCipherSuiteType> AllowedSuites => CipherSuites ?? TlsProfiles.SuitesOf(Profile);

    /// <exception cref="TransportException">They cannot be used on this machine; the message says why.</exception>
    internal TlsSettings ToSettings() => Prepared.GetValue(this, static options => options.Prepare());

    private TlsSettings Prepare()
    {
        RequireSensibleSuites();
        var policy = CreatePolicy();
        return new(TrustedAuthorities, RevocationMode)
        {
            Protocols = AllowedProtocols(policy is not null),
            CipherSuites = policy,
            Certificate = CreateContext(),
            AsksForCertificate = ClientCertificateMode != DicomTlsClientCertificateMode.None,
            RequiresCertificate = ClientCertificateMode == DicomTlsClientCertificateMode.Required,
            ApplicationProtocol = Dicom,
            TargetHost = TargetHost,
            ChecksHostName = CheckHostName,
            HandshakeTimeout = HandshakeTimeout,
        };
    }

    /// <summary>A version without a suite is no version: TLS 1.3 has its own (RFC 8446 §B.4), and they are of use for no other.</summary>
    private SslProtocols AllowedProtocols(bool bySuites)
    {
        var protocols = Protocols ?? TlsProfiles.ProtocolsOf(Profile);
        if (bySuites && !AllowedSuites.Any(IsOfTls13))
        {
            protocols ^= protocols & SslProtocols.Tls13;
        }
        else if (bySuites && AllowedSuites.All(IsOfTls13))
        {
            protocols &= SslProtocols.Tls13;
        }

        return protocols != SslProtocols.None
            ? protocols
            : throw Unusable("No version of TLS is left: those that are allowed have none of the cipher suites that are.");
    }

    private void RequireSensibleSuites()
    {
        if (AllowedSuites.Count == 0)
        {
            throw Unusable("The list of cipher suites is empty: name one at least, or leave it to the profile.");
        }

        foreach (var suite in AllowedSuites)
        {
            if (suite == DicomTlsCipherSuiteType.None || !Enum.IsDefined(suite))
            {
                throw Unusable(
                    $"{suite} is none of the cipher suites of DicomTlsCipherSuiteType: those without encryption or without a certificate are never used.");
            }
        }
    }

    private CipherSuitesPolicy? CreatePolicy()
    {
        try
        {
            if (!OperatingSystem.IsWindows() && !OperatingSystem.IsAndroid())
            {
                return new(AllowedSuites.Select(suite => (TlsCipherSuite)suite));
            }
        }
        catch (PlatformNotSupportedException)
        {
            // As on those two: the system's own policy decides.
        }

        return CipherSuites is null
            ? null
            : throw Unusable("This system chooses the cipher suites by a policy of its own: leave CipherSuites out, and change that policy.");
    }

    private SslStreamCertificateContext? CreateContext()
    {
        try
        {
            return Certificate is null ? null : SslStreamCertificateContext.Create(Certificate, Intermediates, offline: true);
        }
        catch (Exception error) when (error is CryptographicException or NotSupportedException or ArgumentException)
        {
            throw Unusable($"This side's certificate cannot be used: {error.Message}");
        }
    }

    private static bool IsOfTls13(DicomTlsCipherSuiteType suite) =>
        suite is >= DicomTlsCipherSuiteType.Aes128GcmSha256 and <= DicomTlsCipherSuiteType.Aes128Ccm8Sha256;

    private static TransportException Unusable(string message) => new(TransportErrorKind.TlsSetup, message);
}
