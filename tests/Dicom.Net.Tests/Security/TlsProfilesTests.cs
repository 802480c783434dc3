using System.Net.Security;
using System.Security.Authentication;

namespace Dicom.Net.Tests.Security;

/// <summary>What each profile of PS3.15 Annex B allows, by the registered names.</summary>
public sealed class TlsProfilesTests
{
    private const string Tls13 = "TLS_AES_128_GCM_SHA256 TLS_AES_256_GCM_SHA384 TLS_CHACHA20_POLY1305_SHA256";
    private const string Ecdhe =
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 "
        + "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384";

    private const string Dhe = "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256 TLS_DHE_RSA_WITH_AES_256_GCM_SHA384";
    private const string Ccm =
        "TLS_ECDHE_ECDSA_WITH_AES_128_CCM TLS_ECDHE_ECDSA_WITH_AES_256_CCM TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8 TLS_ECDHE_ECDSA_WITH_AES_256_CCM_8";

    private const string Chacha20 =
        "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256 TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256";

    private const string TripleDes = "TLS_RSA_WITH_3DES_EDE_CBC_SHA";
    private const string Aes = $"TLS_RSA_WITH_AES_128_CBC_SHA {TripleDes}";

    [Theory]
    [InlineData(DicomTlsProfile.Bcp195Rfc8996, $"{Tls13} {Ecdhe}")]
    [InlineData(
        DicomTlsProfile.ModifiedBcp195Rfc8996,
        $"{Tls13} TLS_AES_128_CCM_SHA256 TLS_AES_128_CCM_8_SHA256 {Ecdhe} {Chacha20} {Ccm}")]
    [InlineData(DicomTlsProfile.NonDowngradingBcp195, $"{Tls13} {Ecdhe} {Dhe}")]
    [InlineData(DicomTlsProfile.ExtendedBcp195, $"{Ecdhe} {Dhe}")]
    [InlineData(DicomTlsProfile.Bcp195, $"{Tls13} {Ecdhe} {Dhe} {Aes}")]
    [InlineData(DicomTlsProfile.Aes, Aes)]
    [InlineData(DicomTlsProfile.Basic, TripleDes)]
    public void SuitesOf_EachProfile_AreThese(DicomTlsProfile profile, string suites) =>
        Assert.Equal(suites, string.Join(' ', TlsProfiles.SuitesOf(profile).Select(suite => (TlsCipherSuite)suite)));

    [Theory]
    [InlineData(DicomTlsProfile.Bcp195Rfc8996, SslProtocols.Tls12 | SslProtocols.Tls13)]
    [InlineData(DicomTlsProfile.ModifiedBcp195Rfc8996, SslProtocols.Tls12 | SslProtocols.Tls13)]
    [InlineData(DicomTlsProfile.NonDowngradingBcp195, SslProtocols.Tls12 | SslProtocols.Tls13)]
    [InlineData(DicomTlsProfile.ExtendedBcp195, SslProtocols.Tls12)]
    public void ProtocolsOf_ProfilesThatDoNotDowngrade_AreThese(DicomTlsProfile profile, SslProtocols versions) =>
        Assert.Equal(versions, TlsProfiles.ProtocolsOf(profile));
}
