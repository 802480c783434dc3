using Dicom.Net.Pdus;
using Dicom.Net.Tests.Services;
using Dicom.Net.Tests.Support;
using Dicom.Net.Tests.Transport;

namespace Dicom.Net.Tests.Attacks;

/// <summary>
/// Who is let in by an application that has not said whom it wants: nobody (compare CVE-2023-33466). AE titles, addresses, and certificates
/// bound to titles: <see cref="DicomNetAdmissionTests"/>. Certificates: <see cref="DicomNetTlsVerifyTests"/>, <see cref="DicomNetTlsBypassTests"/>.
/// </summary>
public sealed class AuthenticationTests
{
    [Fact]
    public async Task AssociateRequest_NobodyAnswers_IsRejected()
    {
        using var listener = TestScp.Listening(new DicomNet(null, DicomNetSecurityMode.None));
        await using var scu = await RawScu.ConnectedAsync(listener.HostPort);

        await scu.Peer.SendAsync(WireBytes.Of(WireBytes.Request()));

        await scu.Peer.ExpectAsync($"{nameof(PduType.AAssociateRj)} 1/1/1");
    }

    [Fact]
    public async Task AssociateRequest_ApplicationFails_IsRejected()
    {
        using var listener = new DicomNet(null, DicomNetSecurityMode.None);
        listener.AssociateRequestReceived += (_, _) => throw new InvalidOperationException("The test's.");
        TestScp.Listening(listener);
        await using var scu = await RawScu.ConnectedAsync(listener.HostPort);

        await scu.Peer.SendAsync(WireBytes.Of(WireBytes.Request()));

        await scu.Peer.ExpectAsync($"{nameof(PduType.AAssociateRj)} 1/1/1");
    }

    [Theory]
    [InlineData("C-STORE")]
    [InlineData("C-FIND")]
    [InlineData("C-MOVE")]
    [InlineData("C-GET")]
    [InlineData("N-SET")]
    [InlineData("N-CREATE")]
    [InlineData("N-ACTION")]
    [InlineData("N-DELETE")]
    [InlineData("N-GET")]
    public async Task Request_NobodyAnswers_IsRefused(string service)
    {
        using var listener = TestScp.AcceptingAll();
        await using var scu = await RawScu.AssociatedAsync(listener.HostPort);
        const string sopClass = WireBytes.Verification;
        var command = service switch
        {
            "C-STORE" => Net.Dimse.CommandSet.CStoreRq(1, sopClass, "1.2.3"),
            "C-FIND" => Net.Dimse.CommandSet.CFindRq(1, sopClass),
            "C-MOVE" => Net.Dimse.CommandSet.CMoveRq(1, sopClass, "OTHER"),
            "C-GET" => Net.Dimse.CommandSet.CGetRq(1, sopClass),
            "N-SET" => Net.Dimse.CommandSet.NSetRq(1, sopClass, "1.2.3"),
            "N-CREATE" => Net.Dimse.CommandSet.NCreateRq(1, sopClass, "1.2.3", hasDataSet: true),
            "N-ACTION" => Net.Dimse.CommandSet.NActionRq(1, sopClass, "1.2.3", 1, hasDataSet: true),
            "N-DELETE" => Net.Dimse.CommandSet.NDeleteRq(1, sopClass, "1.2.3"),
            _ => Net.Dimse.CommandSet.NGetRq(1, sopClass, "1.2.3", []),
        };

        await scu.Peer.SendAsync(command.HasDataSet ? [RawScu.Command(command), RawScu.FindIdentifier] : [RawScu.Command(command)]);

        var status = WireBytes.CommandOf(await scu.Peer.ReceiveAsync()).Status!.Value;
        Assert.False(status.IsSuccess() || status.IsPending() || status.IsWarning());
    }

    [Fact]
    public async Task TlsClient_ServersCertificateIsOfAStranger_DoesNotGoOn()
    {
        // What it is asked to trust is what the system trusts, unless it is told otherwise.
        using var meeting = new TlsMeeting(client: new());

        Assert.NotEqual(DicomExceptionCode.Success, await meeting.ConnectAsync());
        Assert.NotEqual(DicomExceptionCode.Success, meeting.Scu.Net.SendAssociateRequest(TestScu.Request(DicomUids.Verification)).Code);
    }

    [Fact]
    public async Task TlsServer_ThatRequiresACertificate_TakesNoneOfAStranger()
    {
        using var meeting = new TlsMeeting(
            TlsPair.ServerOptions with
            {
                ClientCertificateMode = DicomTlsClientCertificateMode.Required,
                TrustedAuthorities = TlsTestAuthority.Trusted.AsTrusted,
            },
            TlsPair.ClientOptions with { Certificate = TlsTestAuthority.Stranger.Issue("client") });

        var connected = await meeting.ConnectAsync();
        if (connected == DicomExceptionCode.Success)
        {
            // With TLS 1.3 a client learns of it with what it reads next (RFC 8446 §4.4.2.4).
            await meeting.Scu.ClosedAsync();
        }

        await meeting.AssertForgottenAsync();
    }

    [Fact]
    public async Task UserIdentity_NobodyVerifies_IsNotConfirmed()
    {
        using var listener = TestScp.AcceptingAll();
        using var scu = new TestScu();
        var request = TestScu.Request(DicomUids.Verification);
        request.UserIdentity = DicomUserIdentity.FromUsernameAndPasscode("bob", "guess", positiveResponseRequested: true);

        var answer = await scu.AssociateAsync(listener.HostPort, request);

        Assert.Null(answer.UserIdentityResponse);
    }
}
