using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Dicom.Net.Associations;
using Dicom.Net.Pdus;
using Dicom.Net.Tests.Pdus;
using Dicom.Net.Tests.Services;
using Dicom.Net.Tests.Support;
using Dicom.Net.Tests.Transport;

namespace Dicom.Net.Tests.Attacks;

/// <summary>
/// User identities, passwords and keys in texts: no log at any level, no trace of PDUs, no exception and no text of an object has them, on either
/// side, whether all goes well or not.
/// </summary>
public sealed class SecretsTests : IDisposable
{
    private const string Secret = "xyzzy-plugh";

    private readonly TestFolder _folder = new();
    private readonly RecordingLogger _log = new();
    private readonly ConcurrentQueue<string> _texts = new();

    public static TheoryData<int> IdentityTypes => [1, 2, 3, 4, 5];

    private DicomNetOptions Options => new()
    {
        LoggerFactory = new SingleLoggerFactory(_log),
        PduLayer = new TracingPduLayer(DicomPduLayer.Instance, pdu => _texts.Enqueue(pdu.ToString())),
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(IdentityTypes))]
    public async Task UserIdentity_OfAnyType_IsInNoText(int type)
    {
        var identity = Identity(type);
        using var listener = new DicomNet(null, DicomNetSecurityMode.None, Options);
        listener.AssociateRequestReceived += (_, e) =>
        {
            Keep(e.Association, e.Association.UserIdentity, e);
            var answer = e.Association.CreateAcceptAll();
            answer.UserIdentityResponse = Encoding.ASCII.GetBytes(Secret);
            Keep(answer);
            e.Accept(answer).ThrowIfFailed();
        };
        TestScp.Listening(listener);
        using var scu = new TestScu(Options);
        var request = TestScu.Request(DicomUids.Verification);
        request.UserIdentity = identity;
        Keep(request, identity);

        Keep(await scu.AssociateAsync(listener.HostPort, request));
        await scu.EchoAsync();
        await scu.ReleaseAsync();

        AssertNoSecret();
    }

    [Theory]
    [MemberData(nameof(IdentityTypes))]
    public async Task UserIdentity_ApplicationFailsOrRejects_IsInNoText(int type)
    {
        using var listener = new DicomNet(null, DicomNetSecurityMode.None, Options);
        listener.AssociateRequestReceived += (_, e) => throw new InvalidOperationException($"Not this one: {e.Association.UserIdentity}");
        TestScp.Listening(listener);
        using var scu = new TestScu(Options);
        var request = TestScu.Request(DicomUids.Verification);
        request.UserIdentity = Identity(type);

        Keep(await scu.AssociateInVainAsync(listener.HostPort, request));

        Assert.NotEmpty(_log.Errors);
        AssertNoSecret();
    }

    [Theory]
    [MemberData(nameof(IdentityTypes))]
    public async Task UserIdentity_Malformed_IsInNoText(int type)
    {
        using var listener = TestScp.AcceptingAll(Options);
        var identity = Identity(type);
        var request = WireBytes.Of(WireBytes.Request() with
        {
            UserInformation = new()
            {
                MaximumLength = 16384,
                ImplementationClassUid = "1.2.3",
                UserIdentity = new((UserIdentityType)type, true, identity.PrimaryField, identity.SecondaryField),
            },
        });
        foreach (var at in LengthFields.Of(request))
        {
            await using var scu = await RawScu.ConnectedAsync(listener.HostPort);
            var wrong = request.ToArray();
            wrong[at + 1]++;
            await scu.Peer.SendAsync(wrong);
            await scu.Peer.ReceiveAsync();
            scu.Peer.Reset();
        }

        await Eventually.True(() => listener.GetClientCount() == 0);
        AssertNoSecret();
    }

    [Fact]
    public void UserIdentity_TooLong_IsNotInTheException()
    {
        var endless = string.Concat(Enumerable.Repeat(Secret, 65_536 / Secret.Length + 1));

        KeepThrown(() => DicomUserIdentity.FromUsernameAndPasscode(Secret, endless));
        KeepThrown(() => DicomUserIdentity.FromUsername(endless));
        KeepThrown(() => DicomUserIdentity.FromJsonWebToken(Encoding.ASCII.GetBytes(endless)));

        AssertNoSecret();
    }

    [Theory]
    [MemberData(nameof(IdentityTypes))]
    public void UserIdentity_InAPduThatCannotBeRead_IsNotInItsSummary(int type)
    {
        var identity = Identity(type);
        byte[] field = [
            (byte)type, 1, 0, (byte)identity.PrimaryField.Length, .. identity.PrimaryField.Span, 0, (byte)identity.SecondaryField.Length, .. identity.SecondaryField.Span,
        ];
        var body = PduBytes.Associate(PduBytes.ApplicationContext, PduBytes.ContextRq(), PduBytes.UserInformation(PduBytes.Item(0x58, field)));
        for (var length = body.Length; length > body.Length - field.Length; length--)
        {
            _texts.Enqueue(PduSummary.Describe(new((byte)PduType.AAssociateRq, (uint)length), body.AsSpan(0, length)));
        }

        AssertNoSecret();
    }

    [Fact]
    public void Passwords_OfKeysAndFiles_AreInNoText()
    {
        var (pfx, pem, key) = Files();
        var options = DicomTlsOptions.FromPfx(pfx, Secret);
        var net = new DicomNet(null, DicomNetSecurityMode.Tls, Options with { Tls = options });

        KeepThrown(() => DicomTlsOptions.FromPfx(pfx, Secret + "!"));
        KeepThrown(() => DicomTlsOptions.FromPfx(pem, Secret));
        KeepThrown(() => DicomTlsOptions.FromPem(pem, key, Secret + "!"));
        KeepThrown(() => DicomTlsOptions.FromPem(key, key, Secret));
        KeepThrown(() => DicomTlsOptions.FromPem(pem, pfx, Secret));
        Keep(options, Options with { Tls = options }, net, net.LastError, net.GetLastTlsError());
        net.Dispose();

        AssertNoSecret();
    }

    [Fact]
    public void Key_ThatCannotBeRead_IsNotInTheException()
    {
        // A key in the clear in the wrong place, and half of one.
        var broken = _folder.File("broken.pem");
        File.WriteAllText(broken, $"-----BEGIN PRIVATE KEY-----\n{Secret}\n-----END PRIVATE KEY-----\n");
        var (_, pem, _) = Files();

        KeepThrown(() => DicomTlsOptions.FromPem(pem, broken, null));
        KeepThrown(() => DicomTlsOptions.FromPem(broken, broken, null));
        KeepThrown(() => DicomTlsOptions.AuthoritiesFromPem(broken));

        AssertNoSecret();
    }

    private static DicomUserIdentity Identity(int type) => (DicomUserIdentityType)type switch
    {
        DicomUserIdentityType.Username => DicomUserIdentity.FromUsername(Secret, true),
        DicomUserIdentityType.UsernameAndPasscode => DicomUserIdentity.FromUsernameAndPasscode(Secret, Secret, true),
        DicomUserIdentityType.KerberosServiceTicket => DicomUserIdentity.FromKerberos(Encoding.ASCII.GetBytes(Secret), true),
        DicomUserIdentityType.SamlAssertion => DicomUserIdentity.FromSaml(Encoding.ASCII.GetBytes(Secret), true),
        _ => DicomUserIdentity.FromJsonWebToken(Encoding.ASCII.GetBytes(Secret), true),
    };

    private (string Pfx, string Pem, string Key) Files()
    {
        var (pfx, pem, key) = (_folder.File("own.pfx"), _folder.File("own.pem"), _folder.File("own.key"));
        File.WriteAllBytes(pfx, TlsTestAuthority.Client.Export(X509ContentType.Pfx, Secret));
        File.WriteAllText(pem, TlsTestAuthority.Client.ExportCertificatePem());
        File.WriteAllText(key, TlsTestAuthority.Client.GetECDsaPrivateKey()!.ExportEncryptedPkcs8PrivateKeyPem(
            Secret, new(System.Security.Cryptography.PbeEncryptionAlgorithm.Aes256Cbc, System.Security.Cryptography.HashAlgorithmName.SHA256, 1000)));
        return (pfx, pem, key);
    }

    private void Keep(params object?[] things)
    {
        foreach (var thing in things)
        {
            _texts.Enqueue(thing?.ToString() ?? "");
        }
    }

    private void KeepThrown(Func<object> act) => _texts.Enqueue(Assert.ThrowsAny<Exception>(act).ToString());

    /// <summary>Neither as it is, nor in hexadecimal, Base64, or as a list of bytes.</summary>
    private void AssertNoSecret()
    {
        var bytes = Encoding.ASCII.GetBytes(Secret);
        string[] forms = [
            Secret, Convert.ToHexString(bytes), Convert.ToBase64String(bytes)[..12], BitConverter.ToString(bytes), string.Join(", ", bytes),
            string.Join(',', bytes),
        ];
        IEnumerable<string> texts = [.. _texts, .. _log.Entries.Select(entry => $"{entry.Message} {entry.Exception}")];
        Assert.NotEmpty(texts);
        Assert.All(texts, text => Assert.All(forms, form => Assert.DoesNotContain(form, text, StringComparison.OrdinalIgnoreCase)));
    }
}
