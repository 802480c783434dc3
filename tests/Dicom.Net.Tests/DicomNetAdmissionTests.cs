using System.Net;
using Dicom.Net.Pdus;
using Dicom.Net.Tests.Services;
using Dicom.Net.Tests.Support;
using Dicom.Net.Tests.Transport;
using Microsoft.Extensions.Time.Testing;

namespace Dicom.Net.Tests;

/// <summary>Who is let in: by address, AE titles and certificate, before the application is asked.</summary>
public sealed class DicomNetAdmissionTests
{
    private static readonly DicomSupportedServices Echo = new(new DicomSupportedService(DicomUids.Verification));
    private static readonly DicomSupportedServices Store = new(new DicomSupportedService(TestInstance.SopClass));

    [Fact]
    public async Task Listener_AddressDenied_ClosesAtOnceAndSaysSoOnceAMinute()
    {
        var log = new RecordingLogger();
        var time = new FakeTimeProvider();
        var accepted = 0;
        using var listener = Listening(
            new() { DeniedNetworks = [IPNetwork.Parse("127.0.0.2/32")] },
            new() { LoggerFactory = new SingleLoggerFactory(log), TimeProvider = time });
        listener.Accepting += (_, _) => accepted++;

        for (var i = 0; i < 20; i++)
        {
            await using var denied = await RawScu.ConnectedAsync(listener.HostPort, "127.0.0.2");
            await denied.Peer.ExpectEndAsync();
        }

        await Eventually.True(() => listener.ClosedConnections == 20);
        Assert.Equal((0, 1), (accepted, log.Count(3100)));
        time.Advance(TimeSpan.FromMinutes(1));
        await using var again = await RawScu.ConnectedAsync(listener.HostPort, "127.0.0.2");
        await again.Peer.ExpectEndAsync();
        await Eventually.True(() => log.Entries.Any(entry => entry.Message.Contains("127.0.0.2: closed", StringComparison.Ordinal)
            && entry.Message.Contains("20 since", StringComparison.Ordinal)));
        using var welcome = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);
        Assert.Equal(DicomCommandStatusType.Success, await welcome.EchoAsync());
    }

    [Fact]
    public async Task Listener_AddressDenied_NeverBeginsTls()
    {
        using var meeting = new TlsMeeting(
            options: new() { Admission = new() { AllowedNetworks = [IPNetwork.Parse("192.0.2.0/24")] } });

        await meeting.Scu.ConnectAsync(meeting.Listener.HostPort);
        await meeting.Scu.ClosedAsync();

        Assert.Equal((1L, 0), (meeting.Listener.ClosedConnections, meeting.Listener.GetClientCount()));
    }

    [Fact]
    public async Task AssociateRequest_CalledTitleOfNobody_IsRejectedUnasked()
    {
        var log = new RecordingLogger();
        using var listener = Listening(
            new() { CalledTitles = ["ARCHIVE"] }, new() { LoggerFactory = new SingleLoggerFactory(log) });
        using var scu = new TestScu();

        var reject = await scu.AssociateInVainAsync(listener.HostPort, TestScu.Request(DicomUids.Verification));

        Assert.Equal(
            (DicomAssociateRejectResultType.Permanent, DicomAssociateRejectSourceType.User, DicomAssociateRejectReasonType.Called),
            (reject.Result, reject.Source, reject.Reason));
        Assert.Contains(log.Entries, entry => entry.Id.Id == 3103 && entry.Message.Contains("of SCU to SCP", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AssociateRequest_CallingTitleOfNobody_IsRejectedThoughTheApplicationWouldAccept()
    {
        using var listener = Listening(new() { CallingTitles = ["CT1"] });
        listener.AssociateRequestReceived += (_, e) => e.Accept(e.Association.CreateAcceptAll());
        using var scu = new TestScu();
        using var known = new TestScu();

        var reject = await scu.AssociateInVainAsync(listener.HostPort, TestScu.Request(DicomUids.Verification));
        var request = TestScu.Request(DicomUids.Verification);
        request.Calling = "CT1";
        await known.AssociateAsync(listener.HostPort, request);

        Assert.Equal(DicomAssociateRejectReasonType.Calling, reject.Reason);
        Assert.Equal(DicomCommandStatusType.Success, await known.EchoAsync());
    }

    [Fact]
    public async Task AssociateRequest_SeveralEntitiesOnOnePort_EachAcceptsWhatItSupports()
    {
        using var listener = Listening(new() { ApplicationEntities = [new("PING", Echo), new("ARCHIVE", Store)] });

        foreach (var (title, echo, store) in new[] { ("PING", true, false), ("ARCHIVE", false, true) })
        {
            using var scu = new TestScu();
            var request = TestScu.Request(DicomUids.Verification, TestInstance.SopClass);
            request.Called = title;
            var answer = await scu.AssociateAsync(listener.HostPort, request);
            Assert.Equal((echo, store), (answer.FindAbstract(DicomUids.Verification) != 0, answer.FindAbstract(TestInstance.SopClass) != 0));
        }
    }

    [Fact]
    public async Task AssociateRequest_RuleThrows_IsRejectedAndLogged()
    {
        var log = new RecordingLogger();
        using var listener = Listening(
            new() { ApplicationEntities = [new("SCP", new(new DicomSupportedService(_ => throw new InvalidOperationException("The test's."))))] },
            new() { LoggerFactory = new SingleLoggerFactory(log) });
        using var scu = new TestScu();

        var reject = await scu.AssociateInVainAsync(listener.HostPort, TestScu.Request(DicomUids.Verification));

        Assert.Equal(DicomAssociateRejectReasonType.Unknown, reject.Reason);
        Assert.Equal(1, log.Count(3000));
    }

    [Theory]
    [InlineData("CT1", true)]
    [InlineData("CT2", false)]
    public async Task AssociateRequest_CertificateBoundToTitles_NoOtherMayBeUsed(string calling, bool welcome)
    {
        var thumbprint = TlsTestAuthority.Client.Thumbprint;
        using var meeting = new TlsMeeting(
            TlsPair.ServerOptions with
            {
                ClientCertificateMode = DicomTlsClientCertificateMode.Required,
                TrustedAuthorities = TlsTestAuthority.Trusted.AsTrusted,
            },
            TlsPair.ClientOptions with { Certificate = TlsTestAuthority.Client },
            new() { Admission = new() { CallingTitlesOf = shown => shown.Thumbprint == thumbprint ? ["CT1"] : null } });
        Assert.Equal(DicomExceptionCode.Success, await meeting.ConnectAsync());
        var request = TestScu.Request(DicomUids.Verification);
        request.Calling = calling;

        meeting.Scu.Net.SendAssociateRequest(request).ThrowIfFailed();

        if (welcome)
        {
            await meeting.Scu.NextAsync<DicomAssociateAcceptEventArgs>();
        }
        else
        {
            Assert.Equal(DicomAssociateRejectReasonType.Calling, (await meeting.Scu.NextAsync<DicomAssociateRejectEventArgs>()).Reason);
        }
    }

    [Fact]
    public async Task AssociateRequest_TitlesBoundAndNoCertificateShown_IsRejected()
    {
        using var listener = Listening(new() { CallingTitlesOf = _ => ["SCU"] });
        await using var plain = await RawScu.ConnectedAsync(listener.HostPort);

        await plain.Peer.SendAsync(WireBytes.Of(WireBytes.Request()));

        await plain.Peer.ExpectAsync($"{nameof(PduType.AAssociateRj)} 1/1/3");
    }

    [Fact]
    public async Task AssociateRequest_ClientsOfTheApplicationsOwn_AreRuledByTheListener()
    {
        using var listener = TestScp.InTheOldStyle(_ => { }, new() { Admission = new() { CallingTitles = ["CT1"] } });
        using var scu = new TestScu();

        var reject = await scu.AssociateInVainAsync(listener.HostPort, TestScu.Request(DicomUids.Verification));

        Assert.Equal(DicomAssociateRejectReasonType.Calling, reject.Reason);
    }

    private static DicomNet Listening(DicomAdmission admission, DicomNetOptions? options = null)
    {
        var listener = new DicomNet(null, DicomNetSecurityMode.None, (options ?? new()) with { Admission = admission });
        if (admission.ApplicationEntities.Count == 0)
        {
            listener.AssociateRequestReceived += (_, e) => e.Accept(e.Association.CreateAcceptAll());
        }

        return TestScp.Listening(listener);
    }
}
