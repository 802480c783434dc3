using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using Dicom.Net.Associations;
using Dicom.Net.Dimse;
using Dicom.Net.Pdus;
using Dicom.Net.Tests.Dimse;
using Dicom.Net.Tests.Services;
using Dicom.Net.Tests.Support;
using Dicom.Net.Tests.Transport;

namespace Dicom.Net.Tests.Attacks;

/// <summary>
/// Text of a peer that forges lines of a log or gives orders to a terminal: whatever it says, wherever it says it, no log, trace, exception or
/// text of the library's has it as it came.
/// </summary>
public sealed class LogInjectionTests
{
    // A new line, an escape sequence, C1's next line and control sequence introducer, a backspace. Sixteen characters, as an AE title has.
    private const string Forgery = "A\r\nFORGED\u001B[2J\u0085\u009B\b";

    private static readonly char[] Orders = ['\u001B', '\u0085', '\u009B', '\b', '\0'];

    private readonly RecordingLogger _log = new();
    private readonly ConcurrentQueue<string> _texts = new();

    /// <summary>Conversations that get a forgery into every place where a text may be.</summary>
    public static TheoryData<string> Places =>
    [
        "titles", "titles not admitted", "titles over a limit", "abstract syntax", "transfer syntax", "application context", "version name",
        "user information", "malformed", "unknown PDU", "instance", "class", "move destination", "move originator", "unasked response",
        "error comment", "command without class", "data set",
    ];

    private DicomNetOptions Options => new()
    {
        LoggerFactory = new SingleLoggerFactory(_log),
        PduLayer = new TracingPduLayer(DicomPduLayer.Instance, pdu => _texts.Enqueue(pdu.ToString())),
    };

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Peer_ForgesItsText_FindsItEscapedEverywhere(string place)
    {
        var options = place switch
        {
            "titles not admitted" => Options with { Admission = new() { CallingTitles = ["KNOWN"] } },
            "titles over a limit" => Options with { Limits = new() { MaximumAssociationsPerCallingTitle = 1 } },
            _ => Options,
        };
        using var listener = Watch(TestScp.AcceptingAll(options));
        await using var first = await RawScu.ConnectedAsync(listener.HostPort);
        await using var second = await RawScu.ConnectedAsync(listener.HostPort);

        foreach (var scu in (RawScu[])[first, second])
        {
            await scu.Peer.SendAsync(Talk(place));
            await scu.Peer.ReceiveAsync();
            scu.Peer.Close();
        }

        await Eventually.True(() => listener.GetClientCount() == 0);
        AssertClean();
    }

    [Fact]
    public async Task Scp_ForgesItsText_FindsItEscapedEverywhere()
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var forger = new DicomNet(null, DicomNetSecurityMode.None, new()
        {
            PduLayer = new RudePduLayer(
                RudeAct.AwaitPdu,
                RudeAct.Send(ForgedAccept()),
                RudeAct.AwaitPdu,
                RudeAct.Send(EchoContext(RawCommand.Of(0x8030).Text(0x0902, Forgery).Text(0x0002, Forgery + "\0"))),
                RudeAct.Send(EchoContext(RawCommand.Of(0x8001).Text(0x1000, Forgery + "\0"))),
                RudeAct.Send(WireBytes.Pdu(0x47, [.. Forgery.Select(letter => (byte)letter)]))),
        });
        TestScp.Listening(forger);
        using var scu = new TestScu(Options);
        scu.Net.Closed += (_, _) => closed.TrySetResult();
        Watch(scu.Net);

        await scu.AssociateAsync(forger.HostPort, TestScu.Request(DicomUids.Verification));
        scu.Net.SendCEchoRequest(1, 1, DicomUids.Verification);
        await closed.Task.WithTimeout();

        _texts.Enqueue(scu.Net.LastError.ToString());
        AssertClean();
    }

    [Fact]
    public async Task Certificate_ForgesItsSubject_FindsItEscapedEverywhere()
    {
        using var meeting = new TlsMeeting(
            TlsPair.ServerOptions with
            {
                ClientCertificateMode = DicomTlsClientCertificateMode.Required,
                TrustedAuthorities = TlsTestAuthority.Trusted.AsTrusted,
            },
            TlsPair.ClientOptions with { Certificate = ForgedCertificate() },
            Options);
        if (await meeting.ConnectAsync() == DicomExceptionCode.Success)
        {
            await meeting.Scu.ClosedAsync();
        }

        var told = await meeting.ServerAsync();
        Assert.NotEqual(DicomExceptionCode.Success, told.Error);
        await meeting.AssertForgottenAsync();
        await Eventually.True(() => _log.Count(1051) > 0);
        _texts.Enqueue(meeting.Scu.Net.GetLastTlsError());
        AssertClean();
    }

    [Fact]
    public void Texts_OfTheLibrarysTypes_AreEscaped()
    {
        var request = WireBytes.Request() with { CallingAETitle = Forgery, CalledAETitle = Forgery };
        var associate = new DicomAssociate(request: true) { Calling = Forgery, Called = Forgery };

        _texts.Enqueue(request.ToString());
        _texts.Enqueue(AAssociateAc.InAnswerTo(request).ToString());
        _texts.Enqueue(associate.ToString());
        _texts.Enqueue(new UserInformation { ImplementationVersionName = Forgery }.ToString());
        _texts.Enqueue(PduSummary.Describe(new PresentationContextRq(1, Forgery, [Forgery])));
        _texts.Enqueue(CommandSet.CEchoRq(1, Forgery).ToString());

        AssertClean();
    }

    private static byte[][] Talk(string place) => place switch
    {
        "titles" or "titles not admitted" or "titles over a limit" => [WireBytes.RequestWithTitles(Forgery, Forgery)],
        "abstract syntax" or "transfer syntax" or "application context" or "version name" => [Forged(place)],
        "user information" => [Forged(place)],
        "malformed" => [Malformed()],
        "unknown PDU" => [WireBytes.Pdu(0x47, [.. Forgery.Select(letter => (byte)letter)])],
        "data set" => [.. After(RawCommand.CStoreRq()), WireBytes.StoreData(true, [.. Forgery.Select(letter => (byte)letter)])],
        _ => After(ForgedCommand(place)),
    };

    private static RawCommand ForgedCommand(string place)
    {
        var store = RawCommand.CStoreRq().Without(0x0800).Us(0x0800, 0x0101);
        return place switch
        {
            "instance" => store.Without(0x1000).Text(0x1000, Forgery),
            "class" => store.Without(0x0002).Text(0x0002, Forgery),
            "move destination" => RawCommand.Of(0x0021).Without(0x0600).Text(0x0600, Forgery),
            "move originator" => store.Text(0x1030, Forgery),
            "unasked response" => RawCommand.Of(0x8001).Text(0x1000, Forgery),
            "error comment" => RawCommand.Of(0x8001).Text(0x0902, Forgery),
            _ => store.Without(0x0002).Text(0x1000, Forgery),
        };
    }

    private static byte[][] After(RawCommand command) => [WireBytes.Of(WireBytes.Request()), EchoContext(command)];

    private static byte[] EchoContext(RawCommand command) =>
        WireBytes.PData(WireBytes.Pdv(WireBytes.EchoContext, WireBytes.LastCommand, command.Bytes()));

    /// <summary>The request, with a text that only it can have exchanged for a forgery of the same length.</summary>
    private static byte[] Forged(string place)
    {
        var token = new string('7', Forgery.Length);
        var request = WireBytes.Request();
        request = place switch
        {
            "abstract syntax" => request with { PresentationContexts = [new(1, token, [WireBytes.ImplicitLittleEndian])] },
            "transfer syntax" => request with { PresentationContexts = [new(1, WireBytes.Verification, [token])] },
            "application context" => request with { ApplicationContextName = token },
            "version name" => request with { UserInformation = request.UserInformation with { ImplementationVersionName = token } },
            _ => request with { UserInformation = request.UserInformation with { ImplementationClassUid = token } },
        };
        return Exchange(WireBytes.Of(request), token);
    }

    private static byte[] Malformed()
    {
        var pdu = Forged("version name");
        pdu[LengthFields.Of(pdu).Last() + 1]++;
        return pdu;
    }

    private static byte[] ForgedAccept()
    {
        var token = new string('7', Forgery.Length);
        var answer = WireBytes.Answer(new()
        {
            CalledAETitle = "SCP",
            CallingAETitle = "SCU",
            PresentationContexts = [new(1, WireBytes.Verification, [WireBytes.ImplicitLittleEndian])],
        });
        return Exchange(WireBytes.Of(answer with { UserInformation = answer.UserInformation with { ImplementationVersionName = token } }), token);
    }

    private static byte[] Exchange(byte[] pdu, string token)
    {
        var at = pdu.AsSpan().IndexOf([.. token.Select(letter => (byte)letter)]);
        Assert.True(at > 0);
        Forgery.Select(letter => (byte)letter).ToArray().CopyTo(pdu, at);
        return pdu;
    }

    private static X509Certificate2 ForgedCertificate()
    {
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName(Forgery);
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name.Build(), key, System.Security.Cryptography.HashAlgorithmName.SHA256);
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }

    /// <summary>An application that keeps every text the library makes for people.</summary>
    private DicomNet Watch(DicomNet net)
    {
        net.AssociateRequestReceived += (_, e) => _texts.Enqueue(e.Association.ToString());
        net.AssociateAcceptReceived += (_, e) => _texts.Enqueue(e.Association.ToString());
        net.DataReceived += (_, e) => _texts.Enqueue(Record.Exception(() => e.DataSet?.ToList())?.Message ?? "");
        net.Closed += (_, e) => _texts.Enqueue($"{e.Error} {e.Net.LastError}");
        return net;
    }

    private void AssertClean()
    {
        foreach (var entry in _log.Entries)
        {
            AssertClean(entry.Message);
            AssertClean(entry.Exception?.Message ?? "");
            Assert.DoesNotContain("\nFORGED", entry.Exception?.ToString() ?? "", StringComparison.Ordinal);
        }

        Assert.All(_texts, AssertClean);
        Assert.True(_texts.Count + _log.Entries.Count > 0);
    }

    private static void AssertClean(string text)
    {
        Assert.DoesNotContain("\nFORGED", text, StringComparison.Ordinal);
        Assert.True(text.IndexOfAny(Orders) < 0 && !text.Any(char.IsControl), $"It has control characters: {PeerText.Escape(text)}");
    }
}
