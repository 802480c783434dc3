using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Dicom.Net.Transport;

/// <summary>Looks at the certificates that a peer shows, and has each decided on.</summary>
/// <param name="settings">What this side wants.</param>
/// <param name="peer">Who decides.</param>
internal sealed class TlsChainCheck(TlsSettings settings, TlsPeer peer)
{
    /// <summary>Why the peer was refused; null where it was not.</summary>
    public string? Refusal { get; private set; }

    private string Host => settings.TargetHost ?? peer.Host ?? "";

    /// <summary>What an <see cref="SslStream"/> asks in the middle of its handshake.</summary>
    public bool Check(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null)
        {
            Refusal = peer.IsServer || settings.RequiresCertificate ? "the peer shows no certificate, and has to" : null;
            return Refusal is null;
        }

        if (chain is null || chain.ChainElements.Count == 0)
        {
            return Ask(NoChain(certificate));
        }

        // From the root down to the peer's own, as OpenSSL asks: who trusts an authority knows it before those that it vouches for.
        var hasTold = false;
        var ofTheWhole = FoundOnNoElement(chain);
        for (var depth = chain.ChainElements.Count - 1; depth >= 0; depth--)
        {
            foreach (var found in Verify(chain.ChainElements[depth], depth, depth == chain.ChainElements.Count - 1 ? ofTheWhole : 0))
            {
                hasTold |= !found.IsOk;
                if (!Ask(found))
                {
                    return false;
                }
            }
        }

        // What the system finds wrong with the chain, and we with no part of it, is not passed over.
        return hasTold || !errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) || Ask(NoChain(certificate));
    }

    /// <summary>On Windows, that the issuer is not known is told of the chain alone (CERT_TRUST_IS_PARTIAL_CHAIN).</summary>
    private static X509ChainStatusFlags FoundOnNoElement(X509Chain chain) =>
        TlsVerifyErrors.Join(chain.ChainStatus)
        & ~TlsVerifyErrors.Join(chain.ChainElements.SelectMany(element => element.ChainElementStatus));

    private bool Ask(TlsVerification verification)
    {
        if (peer.Verify(verification))
        {
            return true;
        }

        Refusal = verification.IsOk
            ? $"the application refuses the certificate {Name(verification.Certificate)}"
            : verification.Text;
        return false;
    }

    private static TlsVerification NoChain(X509Certificate certificate) => new(
        (X509Certificate2)certificate, 0, TlsVerifyError.Unspecified, "the peer's certificate cannot be looked at");

    /// <summary>What there is to ask about one certificate: what is wrong with it, one after the other, or that nothing is.</summary>
    private IEnumerable<TlsVerification> Verify(X509ChainElement element, int depth, X509ChainStatusFlags besides)
    {
        var certificate = element.Certificate;
        var flags = TlsVerifyErrors.Join(element.ChainElementStatus) | besides;
        var errors = TlsVerifyErrors.Of(certificate, depth, flags);
        if (depth == 0 && IsForAnotherHost(certificate))
        {
            errors.Add(IPAddress.TryParse(Host, out _) ? TlsVerifyError.AddressMismatch : TlsVerifyError.HostNameMismatch);
        }

        return errors.Count == 0
            ? [new(certificate, depth, TlsVerifyError.None, "")]
            : errors.Select(error => new TlsVerification(certificate, depth, error, Describe(certificate, error, flags)));
    }

    private bool IsForAnotherHost(X509Certificate2 certificate) => peer.IsServer && settings.ChecksHostName && !IsForHost(certificate);

    /// <summary>
    /// An address has to be among the certificate's addresses. A name may, where the certificate lists none, be its subject's common name, as
    /// with the certificates of older devices (RFC 6125 §6.4.4).
    /// </summary>
    private bool IsForHost(X509Certificate2 certificate)
    {
        try
        {
            return certificate.MatchesHostname(Host, allowWildcards: true, allowCommonName: !IPAddress.TryParse(Host, out _));
        }
        catch (ArgumentException)
        {
            // No certificate can be for what is no name: an underscore in it, or nothing at all.
            return false;
        }
    }

    private string Describe(X509Certificate2 certificate, TlsVerifyError error, X509ChainStatusFlags flags)
    {
        var what = error switch
        {
            TlsVerifyError.HasExpired => $"has expired on {certificate.NotAfter.ToUniversalTime():u}",
            TlsVerifyError.NotYetValid => $"is not valid before {certificate.NotBefore.ToUniversalTime():u}",
            TlsVerifyError.DepthZeroSelfSigned => "is signed by itself, and is not among the trusted ones",
            TlsVerifyError.SelfSignedInChain => "is the root of the peer's certificate, and is not among the trusted authorities",
            TlsVerifyError.UnableToGetIssuer =>
                $"was issued by {HostLiteral.Quote(certificate.Issuer)}, whom neither the peer has shown nor this side trusts",
            TlsVerifyError.InvalidPurpose => $"is not meant for a {(peer.IsServer ? "server" : "client")}",
            TlsVerifyError.HostNameMismatch or TlsVerifyError.AddressMismatch =>
                $"is not for the host {HostLiteral.Quote(Host)}, but for {NamesOf(certificate)}",
            _ => $"is not valid: {flags}",
        };
        return $"the certificate {Name(certificate)} {what}";
    }

    private static string Name(X509Certificate2 certificate) => HostLiteral.Quote(certificate.Subject);

    private static string NamesOf(X509Certificate2 certificate)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(extension => extension.EnumerateDnsNames().Concat(extension.EnumerateIPAddresses().Select(address => $"{address}")));
        return string.Join(", ", names) is { Length: > 0 } list
            ? HostLiteral.Quote(list)
            : HostLiteral.Quote(certificate.GetNameInfo(X509NameType.DnsName, forIssuer: false));
    }
}
