using Dicom.Net.Tests.Support;
using Dicom.Net.Tests.Transport;

namespace Dicom.Net.Tests.Scu;

/// <summary>Associations to be awaited, and handlers, over secure links.</summary>
public sealed class AssociationTlsTests
{
    private static readonly DicomTlsOptions Mutual = TlsPair.ServerOptions with
    {
        ClientCertificateMode = DicomTlsClientCertificateMode.Required,
        TrustedAuthorities = TlsTestAuthority.Trusted.AsTrusted,
    };

    private static readonly DicomAssociationRequest Request = TestAssociation
        .Request(DicomUids.Verification, TestInstance.SopClass, DicomUids.StudyRootFind, DicomUids.StudyRootMove, DicomUids.StudyRootGet)
        .WithRoles(TestInstance.SopClass, DicomRoleSupport.Supported, DicomRoleSupport.Supported);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Services_OverTls_AreServedByHandlersThatKnowThePeersCertificate()
    {
        using var destination = Listening(new DicomHandlers().OnCStore((_, _) => new(DicomCommandStatusType.Success)), TlsPair.ServerOptions);
        using var listener = Listening(Archive(destination.HostPort), Mutual);
        using var instance = TestInstance.Create(pixelBytes: 200_000);
        using var keys = TestAssociation.Saying("*");
        await using var association = await OpenAsync(listener, TlsPair.ClientOptions with { Certificate = TlsTestAuthority.Client });

        var stored = await association.StoreAsync(instance, cancellationToken: Token).WithTimeout();
        var found = await FirstAsync(association.FindAsync(DicomUids.StudyRootFind, keys, Token));
        var moved = await association.MoveAsync(DicomUids.StudyRootMove, "STORE", keys, cancellationToken: Token).WithTimeout();
        var got = await association.GetAsync(DicomUids.StudyRootGet, keys, (_, _) => new(DicomCommandStatusType.Success), cancellationToken: Token)
            .WithTimeout();
        await association.ReleaseAsync(Token).WithTimeout();

        Assert.Equal(DicomCommandStatusType.Success, stored.Status);
        Assert.Equal("CN=client", found);
        Assert.Equal((1, 1), (moved.SubOperations.Completed, got.SubOperations.Completed));
        Assert.Equal("CN=server", association.SecureLink!.PeerCertificate!.Subject);
    }

    [Fact]
    public async Task Files_OverTls_AreSentByTheSenderAndFromAPool()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "a.dcm");
        using (var instance = TestInstance.Create())
        {
            instance.Save(path);
        }

        using var listener = Listening(new DicomHandlers().OnCStore((_, _) => new(DicomCommandStatusType.Success)), TlsPair.ServerOptions);
        var options = new DicomAssociationOptions { Network = new() { Tls = TlsPair.ClientOptions } };
        await foreach (var sent in new DicomFileSender("127.0.0.1", listener.HostPort, new("SCU", "SCP"), options).SendAsync([path], Token))
        {
            Assert.True(sent.IsStored, sent.Error?.Message);
        }

        await using var pool = new DicomAssociationPool(new() { Association = options });
        await using var lent = await pool.RentAsync("127.0.0.1", listener.HostPort, Request, Token).WithTimeout();
        Assert.NotNull(lent.Association.SecureLink);
        Assert.Equal(DicomCommandStatusType.Success, (await lent.Association.EchoAsync(Token).WithTimeout()).Status);
    }

    [Fact]
    public async Task OpenAsync_TheServerIsNotTrusted_SaysSo()
    {
        using var listener = Listening(new DicomHandlers(), TlsPair.ServerOptions);

        var error = await Assert.ThrowsAsync<DicomException>(
            () => OpenAsync(listener, new() { TrustedAuthorities = TlsTestAuthority.Stranger.AsTrusted }));

        Assert.Equal(DicomExceptionCode.TlsPeerCertificate, error.Code);
        Assert.Contains("CN=", error.Message, StringComparison.Ordinal);
        await Eventually.True(() => listener.GetClientCount() == 0);
    }

    [Fact]
    public async Task OpenAsync_TheServerWantsACertificate_FailsWithoutOne()
    {
        using var listener = Listening(new DicomHandlers(), Mutual);

        // TLS 1.3: the client has ended its part of the handshake when the server looks.
        var error = await Assert.ThrowsAnyAsync<DicomException>(() => OpenAsync(listener, TlsPair.ClientOptions));

        Assert.NotEqual(DicomExceptionCode.Success, error.Code);
        await Eventually.True(() => listener.GetClientCount() == 0);
    }

    [Fact]
    public async Task OpenAsync_ThePeerSpeaksNoTls_SaysSo()
    {
        using var listener = TestScp.AcceptingAll();

        var error = await Assert.ThrowsAsync<DicomException>(() => OpenAsync(listener, TlsPair.ClientOptions));

        Assert.Equal(DicomExceptionCode.TlsHandshake, error.Code);
    }

    private static DicomNet Listening(DicomHandlers handlers, DicomTlsOptions tls)
    {
        handlers.Supported = Scp.ServedPeer.Everything();
        return TestScp.Listening(new DicomNet(null, new() { Tls = tls, Handlers = handlers }));
    }

    /// <summary>Keeps nothing, and has one instance.</summary>
    private static DicomHandlers Archive(int destination) => new DicomHandlers()
        .OnCStore((_, _) => new(DicomCommandStatusType.Success))
        .OnCFind((request, _) =>
            new[] { TestAssociation.Saying(request.Association.PeerCertificate?.Subject ?? "") }.ToAsyncEnumerable())
        .OnCGet((_, _) => Instances())
        .OnCMove(_ => new("127.0.0.1", destination) { Options = new() { Tls = TlsPair.ClientOptions } }, (_, _) => Instances());

    private static IAsyncEnumerable<DicomInstance> Instances() =>
        new[] { DicomInstance.FromDataSet(TestInstance.Create()) }.ToAsyncEnumerable();

    private static Task<DicomAssociation> OpenAsync(DicomNet listener, DicomTlsOptions tls) =>
        TestAssociation.OpenAsync(listener, Request, new() { Network = new() { Tls = tls } });

    private static async Task<string?> FirstAsync(DicomMatches matches)
    {
        string? said = null;
        await foreach (var match in matches)
        {
            said ??= match.GetString(DicomTag.PatientID);
        }

        return said;
    }
}
