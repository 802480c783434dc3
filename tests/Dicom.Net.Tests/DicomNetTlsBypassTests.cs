using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Dicom.Net.Tests.Support;
using Dicom.Net.Tests.Transport;
using Dicom.Net.Transport;

namespace Dicom.Net.Tests;

/// <summary>Ways around the check of a peer's certificate, each of which once was one.</summary>
public sealed class DicomNetTlsBypassTests
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private static DicomTlsOptions Strict => TlsPair.ServerOptions with
    {
        ClientCertificateMode = DicomTlsClientCertificateMode.Required,
        TrustedAuthorities = TlsTestAuthority.Trusted.AsTrusted,
    };

    [Fact]
    public void Check_TheSystemFindsTheChainWrongAndNoPartOfIt_IsRefused()
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(TlsTestAuthority.Trusted.Certificate);
        Assert.True(chain.Build(TlsTestAuthority.Server));
        var check = new TlsChainCheck(TlsPair.ClientOptions.ToSettings(), new(IsServer: true, "127.0.0.1", found => found.IsOk));

        Assert.False(check.Check(this, TlsTestAuthority.Server, chain, SslPolicyErrors.RemoteCertificateChainErrors));
    }

    [Fact]
    public void Check_ACertificateWithoutAChain_IsRefused()
    {
        var options = TlsPair.ServerOptions with { ClientCertificateMode = DicomTlsClientCertificateMode.Optional };
        var check = new TlsChainCheck(options.ToSettings(), new(IsServer: false, Host: null, found => found.IsOk));

        Assert.False(check.Check(this, TlsTestAuthority.Client, null, SslPolicyErrors.RemoteCertificateChainErrors));
    }

    [Fact]
    public async Task OnVerify_ForgivesThatItHasExpired_HasNotForgivenWhoIssuedIt()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var made = new CertificateRequest("CN=attacker", key, HashAlgorithmName.SHA256).CreateSelfSigned(Now.AddDays(-10), Now.AddDays(-1));
        using var certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null, X509KeyStorageFlags.Exportable);

        Assert.Equal(DicomExceptionCode.TlsPeerCertificate, await ConnectForgivingAsync(TlsVerifyError.HasExpired, new() { Certificate = certificate }));
    }

    [Fact]
    public async Task OnVerify_ForgivesThatItHasExpired_HasNotForgivenTheHost()
    {
        var certificate = TlsTestAuthority.Trusted.Issue("x", names => names.AddDnsName("other.example"), Now.AddDays(-1), Now.AddHours(-1));

        Assert.Equal(DicomExceptionCode.TlsPeerCertificate, await ConnectForgivingAsync(TlsVerifyError.HasExpired, new() { Certificate = certificate }));
    }

    [Fact]
    public async Task OnVerify_ForgivesThePurpose_HasNotForgivenTheAuthority()
    {
        // 1.3.6.1.5.5.7.3.2: for clients (RFC 5280 §4.2.1.12), and this one is a server's.
        var certificate = TlsTestAuthority.Stranger.Issue("x", TlsTestAuthority.AddLoopback, purpose: "1.3.6.1.5.5.7.3.2");

        Assert.Equal(DicomExceptionCode.TlsPeerCertificate, await ConnectForgivingAsync(TlsVerifyError.InvalidPurpose, new() { Certificate = certificate }));
    }

    [Fact]
    public async Task Accept_ByAStricterListenerThanTheLast_TakesItsRules()
    {
        using var client = new RecordingNet();
        using var lax = Accepting(client, TlsPair.ServerOptions);
        using var strict = Accepting(client, Strict);
        using (var scu = new TestScu(new() { Tls = TlsPair.ClientOptions }))
        {
            await scu.ConnectAsync(lax.HostPort);
            await scu.NextAsync<DicomSecureLinkEventArgs>();
            await client.CallOf("OnSecureLinkReady");
            scu.Net.Close();
            await client.CallOf("OnClose");
        }

        using var second = new TestScu(new() { Tls = TlsPair.ClientOptions });
        await second.ConnectAsync(strict.HostPort);

        await Eventually.True(() => client.Count("OnSecureLinkReady") == 2);
        Assert.Equal(DicomExceptionCode.TlsPeerCertificate, client.Calls.Last(call => call.Name == "OnSecureLinkReady").Arguments[0]);
    }

    [Fact]
    public async Task Accept_OfAnObjectThatWasGivenACertificate_KeepsTheListenersRules()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "server.pfx");
        File.WriteAllBytes(file, TlsTestAuthority.Server.Export(X509ContentType.Pfx));
        using var client = new DicomNet(null, DicomNetSecurityMode.Tls);
        client.SetTlsServerCertificate(file, DicomTlsCertificateType.Pfx, null).ThrowIfFailed();
        using var strict = Accepting(client, Strict);
        var told = new TaskCompletionSource<DicomExceptionCode>();
        client.SecureLinkReady += (_, e) => told.TrySetResult(e.Error);
        using var scu = new TestScu(new() { Tls = TlsPair.ClientOptions });

        await scu.ConnectAsync(strict.HostPort);

        Assert.Equal(DicomExceptionCode.TlsPeerCertificate, await told.Task.WithTimeout());
    }

    [Fact]
    public void Initialize_OfAListener_IsRefused()
    {
        using var listener = new DicomNet(null, DicomNetSecurityMode.Tls, new() { Tls = TlsPair.ServerOptions });
        TestScp.Listening(listener);

        Assert.Equal(DicomExceptionCode.InvalidState, listener.Initialize(null, DicomNetSecurityMode.None, null).Code);
    }

    [Fact]
    public async Task SecureLink_OfAPlainConnectionAfterASecureOne_IsNull()
    {
        using var meeting = new TlsMeeting();
        await meeting.AssociateAsync();
        await meeting.Scu.ReleaseAsync();
        await Eventually.True(() => !meeting.Scu.Net.IsConnected());
        using var plain = TestScp.AcceptingAll();

        meeting.Scu.Net.Initialize(null, DicomNetSecurityMode.None, null).ThrowIfFailed();
        await meeting.Scu.ConnectAsync(plain.HostPort);

        Assert.Null(meeting.Scu.Net.SecureLink);
        Assert.Equal(DicomTlsStatusType.None, meeting.Scu.Net.GetTlsStatus());
    }

    [Fact]
    public void Constructor_RevocationModeThatThereIsNot_Throws() => Assert.ThrowsAny<ArgumentException>(() =>
        new DicomNet(null, DicomNetSecurityMode.Tls, new() { Tls = TlsPair.ClientOptions with { RevocationMode = (X509RevocationMode)9 } }));

    private static async Task<DicomExceptionCode> ConnectForgivingAsync(TlsVerifyError forgiven, DicomTlsOptions server)
    {
        using var meeting = new TlsMeeting(server);
        meeting.Scu.Net.Verifying += (_, e) => e.Continue |= e.Error == (int)forgiven;
        return await meeting.ConnectAsync();
    }

    private static RecordingNet Accepting(DicomNet client, DicomTlsOptions options)
    {
        var listener = new RecordingNet(new() { Tls = options });
        listener.Override("OnAccept", _ => listener.Accept(client).ThrowIfFailed());
        return TestScp.Listening(listener);
    }
}
