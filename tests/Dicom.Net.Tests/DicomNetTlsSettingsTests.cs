using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Dicom.Net.Tests.Transport;

namespace Dicom.Net.Tests;

/// <summary>Options, LDicomNet's Set… members, files and passwords.</summary>
public sealed class DicomNetTlsSettingsTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Constructor_TlsOptionsButPlainMode_IsRefused()
    {
        var error = Assert.Throws<DicomException>(() => new DicomNet(null, DicomNetSecurityMode.None, new() { Tls = new() }));

        Assert.Equal(DicomExceptionCode.Parameter, error.Code);
        Assert.Contains("the mode is None", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_CertificateWithoutItsKey_IsRefused()
    {
        var keyless = TlsTestAuthority.Trusted.Certificate;

        Assert.Throws<ArgumentException>(
            () => new DicomNet(null, DicomNetSecurityMode.Tls, new() { Tls = new() { Certificate = keyless } }));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new DicomNet(null, DicomNetSecurityMode.Tls, new() { Tls = new() { HandshakeTimeout = TimeSpan.Zero } }));
        Assert.Throws<ArgumentException>(
            () => new DicomNet(null, DicomNetSecurityMode.Tls, new() { Tls = new() { Profile = (DicomTlsProfile)99 } }));
    }

    [Fact]
    public async Task Initialize_AfterTheThreeArgumentConstructor_SetsWhatTheConstructorWould()
    {
        using var listener = new DicomNet(null, DicomNetSecurityMode.None, reserved: false);
        listener.Initialize(null, DicomNetSecurityMode.Tls, TlsPair.ServerOptions).ThrowIfFailed();
        TestScp.Listening(listener);
        using var scu = new TestScu(new() { Tls = TlsPair.ClientOptions });

        await scu.ConnectAsync(listener.HostPort);

        Assert.Equal(DicomExceptionCode.Success, (await scu.NextAsync<DicomSecureLinkEventArgs>()).Error);
    }

    [Fact]
    public void Initialize_WhatCannotBe_ChangesNothing()
    {
        using var net = new DicomNet(null, DicomNetSecurityMode.None, reserved: true);

        Assert.Equal(DicomExceptionCode.FeatureNotSupported, net.Initialize(null, DicomNetSecurityMode.Iscl, null).Code);
        Assert.Equal(DicomExceptionCode.Parameter, net.Initialize(null, DicomNetSecurityMode.None, new()).Code);
        Assert.Equal(DicomExceptionCode.Parameter, net.Initialize(_folder.File("missing"), DicomNetSecurityMode.Tls, new()).Code);
        Assert.Throws<ArgumentOutOfRangeException>(() => net.Initialize(null, DicomNetSecurityMode.Tls, new() { HandshakeTimeout = TimeSpan.Zero }));
        Assert.Equal(DicomExceptionCode.InvalidState, net.SetTlsCipherSuiteByIndex(0, DicomTlsCipherSuiteType.None).Code);
    }

    [Fact]
    public async Task SetTlsCipherSuiteByIndex_AList_IsThePreference()
    {
        DicomTlsCipherSuiteType[] list = [DicomTlsCipherSuiteType.EcdheEcdsaWithAes256GcmSha384, DicomTlsCipherSuiteType.EcdheEcdsaWithAes128GcmSha256];
        using var meeting = new TlsMeeting();
        meeting.Listener.SetTlsCipherSuiteByIndex(0, DicomTlsCipherSuiteType.None).ThrowIfFailed();
        Assert.Equal(DicomTlsCipherSuiteType.None, meeting.Listener.GetTlsCipherSuiteByIndex(0));
        meeting.Listener.SetTlsCipherSuiteByIndex(0, list[0]).ThrowIfFailed();
        meeting.Listener.SetTlsCipherSuiteByIndex(1, list[1]).ThrowIfFailed();

        Assert.Equal(DicomExceptionCode.Success, await meeting.ConnectAsync());

        Assert.Equal(list, [meeting.Listener.GetTlsCipherSuiteByIndex(0), meeting.Listener.GetTlsCipherSuiteByIndex(1)]);
        Assert.Equal(list[0], meeting.Scu.Net.GetTlsCipherSuite());
        Assert.Equal(SslProtocols.Tls12, meeting.Scu.Net.SecureLink!.Protocol);
        Assert.Equal(DicomTlsKeyExchangeAlgorithm.Ecdhe, meeting.Scu.Net.GetTlsKeyExchangeAlgorithm());
        Assert.Equal(256, meeting.Scu.Net.GetTlsEncryptionKeyLength());
    }

    [Fact]
    public async Task CipherSuites_OfTls13_ServerChoosesByItsPreference()
    {
        using var meeting = new TlsMeeting(
            TlsPair.ServerOptions with { CipherSuites = [DicomTlsCipherSuiteType.Chacha20Poly1305Sha256, DicomTlsCipherSuiteType.Aes128GcmSha256] });

        Assert.Equal(DicomExceptionCode.Success, await meeting.ConnectAsync());

        Assert.Equal(DicomTlsCipherSuiteType.Chacha20Poly1305Sha256, meeting.Scu.Net.GetTlsCipherSuite());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(100)]
    public void SetTlsCipherSuiteByIndex_OutOfRange_IsAnError(int index)
    {
        using var net = new DicomNet(null, DicomNetSecurityMode.Tls);

        Assert.Equal(DicomExceptionCode.Parameter, net.SetTlsCipherSuiteByIndex(index, DicomTlsCipherSuiteType.Aes128GcmSha256).Code);
        Assert.Equal(DicomTlsCipherSuiteType.None, net.GetTlsCipherSuiteByIndex(index));
        Assert.Equal(DicomTlsCipherSuiteType.Aes128GcmSha256, net.GetTlsCipherSuiteByIndex(0));
    }

    [Theory]
    [InlineData(0x0034)] // TLS_DH_anon_WITH_AES_128_CBC_SHA
    [InlineData(0x00A8)] // TLS_PSK_WITH_AES_128_GCM_SHA256
    [InlineData(0x003B)] // TLS_RSA_WITH_NULL_SHA256
    [InlineData(0)]
    public void CipherSuites_WithoutCertificateOrEncryption_AreNeverUsed(int suite)
    {
        using var net = new DicomNet(
            null, DicomNetSecurityMode.Tls, new() { Tls = TlsPair.ServerOptions with { CipherSuites = [(DicomTlsCipherSuiteType)suite] } });

        Assert.Equal(DicomExceptionCode.TlsSetup, net.Listen("127.0.0.1", 0, 5).Code);
        Assert.Equal(DicomExceptionCode.TlsSetup, net.Connect(null, 0, "127.0.0.1", 104).Code);
        Assert.Contains("never used", net.GetLastTlsError(), StringComparison.Ordinal);
        Assert.False(net.IsConnected());
    }

    [Fact]
    public void CipherSuites_NoneLeft_IsAnErrorBeforeAnyConnection()
    {
        using var empty = new DicomNet(null, DicomNetSecurityMode.Tls, new() { Tls = new() { CipherSuites = [] } });
        using var wrongVersion = new DicomNet(
            null, DicomNetSecurityMode.Tls,
            new() { Tls = new() { CipherSuites = [DicomTlsCipherSuiteType.Aes128GcmSha256], Protocols = SslProtocols.Tls12 } });

        Assert.Equal(DicomExceptionCode.TlsSetup, empty.Connect(null, 0, "127.0.0.1", 104).Code);
        Assert.Equal(DicomExceptionCode.TlsSetup, wrongVersion.Connect(null, 0, "127.0.0.1", 104).Code);
        Assert.Contains("No version of TLS is left", wrongVersion.GetLastTlsError(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DicomTlsProfile.Bcp195Rfc8996, SslProtocols.Tls13)]
    [InlineData(DicomTlsProfile.ModifiedBcp195Rfc8996, SslProtocols.Tls13)]
    [InlineData(DicomTlsProfile.NonDowngradingBcp195, SslProtocols.Tls13)]
    [InlineData(DicomTlsProfile.ExtendedBcp195, SslProtocols.Tls12)]
    [InlineData(DicomTlsProfile.Bcp195, SslProtocols.Tls13)]
    [InlineData(DicomTlsProfile.Aes, SslProtocols.Tls12)]
    public async Task Profile_OfBothSides_ComesToALink(DicomTlsProfile profile, SslProtocols expected)
    {
        using var meeting = new TlsMeeting(
            new() { Certificate = TlsTestAuthority.Trusted.IssueRsa("rsa", TlsTestAuthority.AddLoopback), Profile = profile },
            TlsPair.ClientOptions with { Profile = profile });

        await meeting.AssociateAsync();

        Assert.Equal(expected, meeting.Scu.Net.SecureLink!.Protocol);
        Assert.Equal(DicomTlsAuthenticationAlgorithm.Rsa, meeting.Scu.Net.GetTlsAuthenticationAlgorithm());
        Assert.Equal(2048, meeting.Scu.Net.GetTlsMutualAuthenticationKeyLength());
    }

    [Fact]
    public async Task Profile_RetiredOnOneSideOnly_ComesToNothing()
    {
        using var meeting = new TlsMeeting(
            new() { Certificate = TlsTestAuthority.Trusted.IssueRsa("rsa", TlsTestAuthority.AddLoopback) },
            TlsPair.ClientOptions with { Profile = DicomTlsProfile.Aes });

        Assert.Equal(DicomExceptionCode.TlsHandshake, await meeting.ConnectAsync());
    }

    [Fact]
    public async Task Profile_WhoseSuitesTheSystemLacks_FailsInWords()
    {
        using var meeting = new TlsMeeting(client: TlsPair.ClientOptions with { Profile = DicomTlsProfile.Basic });

        Assert.NotEqual(DicomExceptionCode.Success, await meeting.ConnectAsync());

        Assert.NotEmpty(meeting.Scu.Net.GetLastTlsError());
    }

    [Theory]
    [InlineData(DicomTlsCertificateType.Pem, false)]
    [InlineData(DicomTlsCertificateType.Pem, true)]
    [InlineData(DicomTlsCertificateType.Asn1, false)]
    [InlineData(DicomTlsCertificateType.Asn1, true)]
    [InlineData(DicomTlsCertificateType.Pfx, false)]
    [InlineData(DicomTlsCertificateType.Pfx, true)]
    public async Task SetTlsServerCertificate_FromFiles_IsShown(DicomTlsCertificateType type, bool encrypted)
    {
        var (file, key) = Write(TlsTestAuthority.Server, type, encrypted ? "secret" : null);
        using var listener = new PasswordNet("secret");
        listener.SetTlsServerCertificate(file, type, key).ThrowIfFailed();
        TestScp.Listening(listener);
        using var scu = new TestScu(new() { Tls = TlsPair.ClientOptions });

        await scu.ConnectAsync(listener.HostPort);

        Assert.Equal(DicomExceptionCode.Success, (await scu.NextAsync<DicomSecureLinkEventArgs>()).Error);
        Assert.Equal("CN=server", scu.Net.SecureLink!.PeerCertificate!.Subject);
        Assert.Equal(encrypted ? 1 : 0, listener.Asked);
    }

    [Theory]
    [InlineData(DicomTlsCertificateType.Pem, "wrong")]
    [InlineData(DicomTlsCertificateType.Pem, "")]
    [InlineData(DicomTlsCertificateType.Asn1, "wrong")]
    [InlineData(DicomTlsCertificateType.Pfx, "wrong")]
    [InlineData(DicomTlsCertificateType.Pfx, "")]
    public void SetTlsClientCertificate_PasswordIsWrong_SaysSo(DicomTlsCertificateType type, string password)
    {
        var (file, key) = Write(TlsTestAuthority.Client, type, "secret");
        using var net = new PasswordNet(password);

        var result = net.SetTlsClientCertificate(file, type, key);

        Assert.Equal(DicomExceptionCode.TlsSetup, result.Code);
        Assert.Contains(file, result.Message, StringComparison.Ordinal);
        Assert.Equal(result.Message, net.GetLastTlsError());
        Assert.DoesNotContain("secret", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SetTlsClientCertificate_FilesThatDoNotFit_SayWhy()
    {
        var (certificate, _) = Write(TlsTestAuthority.Client, DicomTlsCertificateType.Pem, null);
        var (_, otherKey) = Write(TlsTestAuthority.Server, DicomTlsCertificateType.Pem, null);
        using var net = new PasswordNet("");
        using var plain = new DicomNet(null, DicomNetSecurityMode.None);

        Assert.Equal(DicomExceptionCode.TlsSetup, net.SetTlsClientCertificate(_folder.File("missing"), DicomTlsCertificateType.Pem, null).Code);
        Assert.Equal(DicomExceptionCode.TlsSetup, net.SetTlsClientCertificate(certificate, DicomTlsCertificateType.Pem, null).Code);
        Assert.Equal(DicomExceptionCode.TlsSetup, net.SetTlsClientCertificate(certificate, DicomTlsCertificateType.Pem, otherKey).Code);
        Assert.Equal(DicomExceptionCode.TlsSetup, net.SetTlsClientCertificate(certificate, DicomTlsCertificateType.Pfx, null).Code);
        Assert.Equal(DicomExceptionCode.InvalidState, plain.SetTlsClientCertificate(certificate, DicomTlsCertificateType.Pem, null).Code);
    }

    [Fact]
    public void SetTlsClientCertificate_KeyInTheOldEncryptedForm_SaysHowToConvertIt()
    {
        var file = _folder.File("old.pem");
        File.WriteAllText(
            file, TlsTestAuthority.Client.ExportCertificatePem() + "\n-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n-----END RSA PRIVATE KEY-----\n");
        using var net = new PasswordNet("secret");

        var result = net.SetTlsClientCertificate(file, DicomTlsCertificateType.Pem, null);

        Assert.Contains("openssl pkcs8 -topk8", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_FromFiles_HaveCertificateKeyAndIntermediates()
    {
        var (pem, key) = Write(TlsTestAuthority.Client, DicomTlsCertificateType.Pem, "secret");
        File.AppendAllText(pem, "\n" + TlsTestAuthority.Trusted.Certificate.ExportCertificatePem());
        var (pfx, _) = Write(TlsTestAuthority.Client, DicomTlsCertificateType.Pfx, "secret");

        var fromPem = DicomTlsOptions.FromPem(pem, key, "secret");
        var fromPfx = DicomTlsOptions.FromPfx(pfx, "secret");

        Assert.Equal("CN=Trusted Test Authority", Assert.Single(fromPem.Intermediates).Subject);
        Assert.True(fromPem.Certificate!.HasPrivateKey && fromPfx.Certificate!.HasPrivateKey);
        Assert.Equal(TlsTestAuthority.Client.RawData, fromPfx.Certificate.RawData);
        Assert.Throws<DicomException>(() => DicomTlsOptions.FromPfx(pfx, "wrong"));
        Assert.Equal(2, DicomTlsOptions.AuthoritiesFromPem(pem).Count);
        Assert.Throws<DicomException>(() => DicomTlsOptions.AuthoritiesFromPem(key!));
        Assert.Throws<DicomException>(() => DicomTlsOptions.AuthoritiesFromPem(_folder.File("missing")));
    }

    private (string File, string? Key) Write(X509Certificate2 certificate, DicomTlsCertificateType type, string? password)
    {
        var file = _folder.File($"{certificate.GetNameInfo(X509NameType.SimpleName, false)}.{type}");
        var key = certificate.GetECDsaPrivateKey()!;
        var encryption = new System.Security.Cryptography.PbeParameters(
            System.Security.Cryptography.PbeEncryptionAlgorithm.Aes256Cbc, System.Security.Cryptography.HashAlgorithmName.SHA256, 10_000);
        switch (type)
        {
            case DicomTlsCertificateType.Pem:
                File.WriteAllText(file, certificate.ExportCertificatePem());
                File.WriteAllText(
                    file + ".key", password is null ? key.ExportPkcs8PrivateKeyPem() : key.ExportEncryptedPkcs8PrivateKeyPem(password, encryption));
                return (file, file + ".key");
            case DicomTlsCertificateType.Asn1:
                File.WriteAllBytes(file, certificate.RawData);
                File.WriteAllBytes(
                    file + ".key", password is null ? key.ExportECPrivateKey() : key.ExportEncryptedPkcs8PrivateKey(password, encryption));
                return (file, file + ".key");
            default:
                File.WriteAllBytes(file, certificate.Export(X509ContentType.Pfx, password));
                return (file, null);
        }
    }

    private sealed class PasswordNet(string password) : DicomNet(null, DicomNetSecurityMode.Tls)
    {
        public int Asked { get; private set; }

        protected override string OnPrivateKeyPassword(bool encryption)
        {
            Assert.False(encryption);
            Asked++;
            return password;
        }
    }
}
