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
        if (certificate is null || chain is null)
        {
            Refusal = peer.IsServer || settings.RequiresCertificate ? "the peer shows no certificate, and has to" : null;
            return Refusal is null;
        }

        // From the root down to the peer's own, as OpenSSL asks: who trusts an authority knows it before those that it vouches for.
        var isRight = true;
        for (var depth = chain.ChainElements.Count - 1; depth >= 0 && isRight; depth--)
        {
            isRight = Ask(Verify(chain.ChainElements[depth], depth));
        }

        return isRight && (chain.ChainElements.Count > 0 || Ask(NoChain(certificate)));
    }

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

    private TlsVerification Verify(X509ChainElement element, int depth)
    {
        var error = TlsVerifyErrors.Of(element, depth);
        if (error == TlsVerifyError.None && depth == 0 && IsForAnotherHost(element.Certificate))
        {
            error = IPAddress.TryParse(Host, out _) ? TlsVerifyError.AddressMismatch : TlsVerifyError.HostNameMismatch;
        }

        return new(element.Certificate, depth, error, error == TlsVerifyError.None ? "" : Describe(element, error));
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

    private string Describe(X509ChainElement element, TlsVerifyError error)
    {
        var certificate = element.Certificate;
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
            _ => $"is not valid: {string.Join(", ", element.ChainElementStatus.Select(status => status.Status))}",
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
