using System.Net.Security;

namespace Dicom.Net.Tests.Codes;

public sealed class TlsCodesTests
{
    [Fact]
    public void CipherSuites_HaveTheNumbersOfIana()
    {
        foreach (var suite in Enum.GetValues<DicomTlsCipherSuiteType>())
        {
            var registered = (TlsCipherSuite)suite;
            Assert.True(Enum.IsDefined(registered), $"{suite} is not registered.");
            Assert.Equal(Plain(registered.ToString()), Plain(OfIana(suite)));
        }

        static string Plain(string name) => name.Replace("TLS_", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();
    }

    [Fact]
    public void Facts_OfEachSuite_AreThoseOfItsName()
    {
        foreach (var suite in Enum.GetValues<DicomTlsCipherSuiteType>().Where(suite => suite != DicomTlsCipherSuiteType.None))
        {
            var name = ((TlsCipherSuite)suite).ToString();
            var facts = CipherSuiteFacts.Of(suite);

            Assert.Equal(KeyExchangeOf(name), facts.KeyExchange);
            Assert.Equal(AuthenticationOf(name), facts.Authentication);
            Assert.Equal(name.EndsWith("_SHA", StringComparison.Ordinal) ? DicomTlsIntegrityAlgorithm.Sha1 : DicomTlsIntegrityAlgorithm.Aead, facts.Integrity);
            Assert.Equal(BitsOf(name), facts.KeyBits);
        }
    }

    [Fact]
    public void Facts_OfASuiteThatIsNotKnown_AreNone() =>
        Assert.Equal(default, CipherSuiteFacts.Of((DicomTlsCipherSuiteType)TlsCipherSuite.TLS_PSK_WITH_AES_128_CCM));

    private static string OfIana(DicomTlsCipherSuiteType suite) => suite switch
    {
        DicomTlsCipherSuiteType.None => "NULL_WITH_NULL_NULL",
        DicomTlsCipherSuiteType.DheRsaAes256Sha => "DheRsaWithAes256CbcSha", // LEADTOOLS' name is shorter.
        _ => suite.ToString(),
    };

    private static DicomTlsKeyExchangeAlgorithm KeyExchangeOf(string name) =>
        !name.Contains("_WITH_", StringComparison.Ordinal) ? DicomTlsKeyExchangeAlgorithm.Ephemeral
        : name.StartsWith("TLS_ECDHE", StringComparison.Ordinal) ? DicomTlsKeyExchangeAlgorithm.Ecdhe
        : name.StartsWith("TLS_DHE", StringComparison.Ordinal) ? DicomTlsKeyExchangeAlgorithm.Dhe
        : DicomTlsKeyExchangeAlgorithm.Rsa;

    private static DicomTlsAuthenticationAlgorithm AuthenticationOf(string name) =>
        name.Contains("_ECDSA_", StringComparison.Ordinal) ? DicomTlsAuthenticationAlgorithm.Ecdsa
        : name.Contains("RSA_WITH_", StringComparison.Ordinal) ? DicomTlsAuthenticationAlgorithm.Rsa
        : DicomTlsAuthenticationAlgorithm.None;

    private static int BitsOf(string name) =>
        name.Contains("_256_", StringComparison.Ordinal) || name.Contains("CHACHA20", StringComparison.Ordinal) ? 256
        : name.Contains("_128_", StringComparison.Ordinal) ? 128
        : name.Contains("3DES", StringComparison.Ordinal) ? 168
        : 56;
}
