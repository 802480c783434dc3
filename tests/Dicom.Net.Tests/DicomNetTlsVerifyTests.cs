using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Dicom.Net.Tests.Support;
using Dicom.Net.Tests.Transport;

namespace Dicom.Net.Tests;

/// <summary>Whose certificate is trusted, and who decides.</summary>
public sealed class DicomNetTlsVerifyTests
{
    private const string ForServers = "1.3.6.1.5.5.7.3.1", ForClients = "1.3.6.1.5.5.7.3.2"; // RFC 5280 §4.2.1.12

    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    public static TheoryData<string, X509Certificate2, int, string> WrongServers => new()
    {
        { "expired", Issue(until: Now.AddHours(-1)), 10, "has expired on" },
        { "not yet valid", Issue(from: Now.AddHours(1)), 9, "is not valid before" },
        { "of a stranger", TlsTestAuthority.Stranger.Issue("server", TlsTestAuthority.AddLoopback), 20, "CN=Stranger" },
        { "of itself", TlsTestAuthority.SelfSigned("lonely"), 18, "is signed by itself" },
        { "for clients", Issue(purpose: ForClients), 26, "is not meant for a server" },
        { "for another name", TlsTestAuthority.Trusted.Issue("other", names => names.AddDnsName("pacs.example")), 64, "pacs.example" },
        { "without a name", TlsTestAuthority.Trusted.Issue("127.0.0.1"), 64, "is not for the host '127.0.0.1'" },
    };

    [Theory]
    [MemberData(nameof(WrongServers), DisableDiscoveryEnumeration = true)]
    public async Task Connect_ServersCertificateIsWrong_IsRefusedWithTheReason(string what, X509Certificate2 wrong, int number, string words)
    {
        using var meeting = new TlsMeeting(new() { Certificate = wrong });
        var seen = 0;
        meeting.Scu.Net.Verifying += (_, e) => seen = Math.Max(seen, e.Error);

        var outcome = await meeting.ConnectAsync();

        Assert.True(outcome == DicomExceptionCode.TlsPeerCertificate, $"{what}: {outcome}");
        Assert.Equal(number, seen);
        Assert.Contains(words, meeting.Scu.Net.GetLastTlsError(), StringComparison.Ordinal);
        Assert.Equal(meeting.Scu.Net.GetLastTlsError(), meeting.Scu.Net.LastError.Message);
        Assert.Equal(DicomExceptionCode.TlsPeerCertificate, (await meeting.Scu.ClosedAsync()).Error);
        Assert.False(meeting.Scu.Net.IsConnected());
        await meeting.AssertForgottenAsync();
    }

    [Theory]
    [MemberData(nameof(WrongServers), DisableDiscoveryEnumeration = true)]
    public async Task OnVerify_GoesOnAnyway_TheLinkIsMade(string what, X509Certificate2 wrong, int number, string words)
    {
        var log = new RecordingLogger();
        using var meeting = new TlsMeeting(
            new() { Certificate = wrong }, options: new() { LoggerFactory = new SingleLoggerFactory(log) });
        meeting.Scu.Net.Verifying += (_, e) => e.Continue = true;

        Assert.True(await meeting.ConnectAsync() == DicomExceptionCode.Success, $"{what}, {number}");
        Assert.Contains(log.Entries, entry => entry.Message.Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Connect_ByName_IsCheckedAgainstTheNames()
    {
        using var right = new TlsMeeting();
        using var wrong = new TlsMeeting(new() { Certificate = TlsTestAuthority.Trusted.Issue("other", names => names.AddDnsName("pacs.example")) });
        var seen = 0;
        wrong.Scu.Net.Verifying += (_, e) => seen = e.Error;

        Assert.Equal(DicomExceptionCode.Success, await right.ConnectAsync("localhost"));
        Assert.Equal(DicomExceptionCode.TlsPeerCertificate, await wrong.ConnectAsync("localhost"));
        Assert.Equal(62, seen);
    }

    [Fact]
    public async Task Connect_TargetHostGiven_IsWhatIsCheckedAndAskedFor()
    {
        using var meeting = new TlsMeeting(
            new() { Certificate = TlsTestAuthority.Trusted.Issue("pacs", names => names.AddDnsName("pacs.example")) },
            TlsPair.ClientOptions with { TargetHost = "pacs.example" });

        Assert.Equal(DicomExceptionCode.Success, await meeting.ConnectAsync());
    }

    [Fact]
    public async Task Connect_HostNameNotChecked_TakesAnyNameOfATrustedAuthority()
    {
        using var meeting = new TlsMeeting(
            new() { Certificate = TlsTestAuthority.Trusted.Issue("pacs", names => names.AddDnsName("pacs.example")) },
            TlsPair.ClientOptions with { CheckHostName = false });

        Assert.Equal(DicomExceptionCode.Success, await meeting.ConnectAsync());
    }

    [Fact]
    public async Task Connect_SelfSignedButTrusted_IsAccepted()
    {
        var lonely = TlsTestAuthority.SelfSigned("lonely");
        using var meeting = new TlsMeeting(new() { Certificate = lonely }, new() { TrustedAuthorities = [lonely] });

        Assert.Equal(DicomExceptionCode.Success, await meeting.ConnectAsync());
    }

    [Fact]
    public async Task Connect_TrustInNobody_RefusesEverybody()
    {
        using var meeting = new TlsMeeting(client: new() { TrustedAuthorities = [] });

        Assert.Equal(DicomExceptionCode.TlsPeerCertificate, await meeting.ConnectAsync());
    }

    [Fact]
    public async Task OnVerify_ChainOfThree_IsAskedOfEachFromTheRootDown()
    {
        var between = TlsTestAuthority.Create("Root");
        var middle = between.Delegate("Middle");
        using var meeting = new TlsMeeting(
            new() { Certificate = middle.Issue("leaf", TlsTestAuthority.AddLoopback), Intermediates = [middle.Certificate] },
            new() { TrustedAuthorities = between.AsTrusted });
        var asked = new List<(int, string, int, string)>();
        meeting.Scu.Net.Verifying += (_, e) => asked.Add((e.Depth, e.Certificate.Subject, e.Error, e.ErrorText));

        Assert.Equal(DicomExceptionCode.Success, await meeting.ConnectAsync());

        Assert.Equal([(2, "CN=Root", 0, ""), (1, "CN=Middle", 0, ""), (0, "CN=leaf", 0, "")], asked);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(0, 2)]
    public async Task OnVerify_SaysNo_NoMoreIsAskedAndTheReasonIsTold(int depthOfNo, int asked)
    {
        using var meeting = new TlsMeeting();
        var count = 0;
        meeting.Scu.Net.Verifying += (_, e) =>
        {
            count++;
            e.Continue = e.Depth != depthOfNo;
        };

        Assert.Equal(DicomExceptionCode.TlsPeerCertificate, await meeting.ConnectAsync());

        Assert.Equal(asked, count);
        Assert.Contains("the application refuses", meeting.Scu.Net.GetLastTlsError(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OnVerify_Throws_IsANo()
    {
        using var meeting = new TlsMeeting();
        meeting.Scu.Net.Verifying += (_, _) => throw new InvalidOperationException("Oh.");

        Assert.Equal(DicomExceptionCode.TlsPeerCertificate, await meeting.ConnectAsync());
    }

    [Theory]
    [InlineData(DicomTlsClientCertificateMode.None, true)]
    [InlineData(DicomTlsClientCertificateMode.Optional, true)]
    [InlineData(DicomTlsClientCertificateMode.Required, false)]
    public async Task Server_ClientShowsNothing_IsWelcomeUnlessItHasTo(DicomTlsClientCertificateMode mode, bool welcome)
    {
        using var meeting = new TlsMeeting(Server(mode));

        await meeting.ConnectAsync();
        var told = await meeting.ServerAsync();

        Assert.Equal(welcome ? DicomExceptionCode.Success : DicomExceptionCode.TlsPeerCertificate, told.Error);
        Assert.Equal(!welcome, told.Net.GetLastTlsError().Contains("shows no certificate", StringComparison.Ordinal));
        if (!welcome)
        {
            await meeting.Scu.ClosedAsync();
            await meeting.AssertForgottenAsync();
        }
    }

    public static TheoryData<DicomTlsClientCertificateMode, X509Certificate2, bool> Clients => new()
    {
        { DicomTlsClientCertificateMode.Optional, TlsTestAuthority.Client, true },
        { DicomTlsClientCertificateMode.Required, TlsTestAuthority.Client, true },
        { DicomTlsClientCertificateMode.Optional, TlsTestAuthority.Stranger.Issue("client"), false },
        { DicomTlsClientCertificateMode.Required, TlsTestAuthority.Stranger.Issue("client"), false },
        { DicomTlsClientCertificateMode.Required, Issue(until: Now.AddHours(-1)), false },
        { DicomTlsClientCertificateMode.Required, Issue(purpose: ForServers), false },
    };

    [Theory]
    [MemberData(nameof(Clients), DisableDiscoveryEnumeration = true)]
    public async Task Server_ClientShowsACertificate_IsAcceptedIfItIsTrusted(
        DicomTlsClientCertificateMode mode, X509Certificate2 certificate, bool trusted)
    {
        using var meeting = new TlsMeeting(Server(mode), TlsPair.ClientOptions with { Certificate = certificate });

        await meeting.ConnectAsync();
        var told = await meeting.ServerAsync();

        Assert.Equal(trusted ? DicomExceptionCode.Success : DicomExceptionCode.TlsPeerCertificate, told.Error);
        Assert.Equal(trusted ? certificate.Subject : null, told.Net.SecureLink?.PeerCertificate?.Subject);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Server_RefusesTheClient_TheClientLosesItsConnectionAtOnce(SslProtocols protocol)
    {
        using var meeting = new TlsMeeting(
            Server(DicomTlsClientCertificateMode.Required), TlsPair.ClientOptions with { Protocols = protocol });

        await meeting.ConnectAsync();

        Assert.NotEqual(DicomExceptionCode.Success, (await meeting.Scu.ClosedAsync()).Error);
        Assert.False(meeting.Scu.Net.IsConnected());
    }

    private static DicomTlsOptions Server(DicomTlsClientCertificateMode mode) => TlsPair.ServerOptions with
    {
        ClientCertificateMode = mode,
        TrustedAuthorities = TlsTestAuthority.Trusted.AsTrusted,
    };

    private static X509Certificate2 Issue(DateTimeOffset? from = null, DateTimeOffset? until = null, string? purpose = null) =>
        TlsTestAuthority.Trusted.Issue("wrong", TlsTestAuthority.AddLoopback, from, until, purpose);
}
