using System.Security.Cryptography.X509Certificates;
using Dicom.Net.Tests.Scu;
using Dicom.Net.Tests.Support;
using Dicom.Net.Tests.Transport;

namespace Dicom.Net.Tests.Scp;

/// <summary>A C-MOVE asked for over TLS of a listener that was secured as in LEADTOOLS, beside its options: what it sends is secured as well.</summary>
public sealed class SecuredMoveTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task MoveAsync_TheDestinationIsPlain_GetsNothing()
    {
        var stored = 0;
        using var destination = Storing(tls: null, _ => stored++);
        using var archive = ArchiveFor(destination.HostPort);

        var moved = await MoveAsync(archive);

        Assert.Equal((DicomCommandStatusType.UnableToPerformSubOperations, 0), (moved.Status, moved.SubOperations.Completed));
        Assert.Equal(0, stored);
    }

    [Fact]
    public async Task MoveAsync_TheDestinationWantsACertificate_IsShownTheOneThatWasSet()
    {
        var shown = new List<string?>();
        var mutual = TlsPair.ServerOptions with
        {
            ClientCertificateMode = DicomTlsClientCertificateMode.Required,
            TrustedAuthorities = TlsTestAuthority.Trusted.AsTrusted,
        };
        using var destination = Storing(mutual, store => shown.Add(store.Association.PeerCertificate?.Subject));
        using var archive = ArchiveFor(destination.HostPort);

        var moved = await MoveAsync(archive);

        Assert.Equal((DicomCommandStatusType.Success, 1), (moved.Status, moved.SubOperations.Completed));
        Assert.Equal(["CN=server"], shown);
    }

    public void Dispose() => _folder.Dispose();

    private static DicomNet Storing(DicomTlsOptions? tls, Action<DicomCStoreRequest> tell) => TestScp.Listening(new DicomNet(null, new()
    {
        Tls = tls,
        Handlers = new DicomHandlers { Supported = ServedPeer.Everything() }.OnCStore((store, _) =>
        {
            tell(store);
            return new(DicomCommandStatusType.Success);
        }),
    }));

    private static async Task<DicomRetrieveResponse> MoveAsync(DicomNet archive)
    {
        var options = new DicomAssociationOptions { Network = new() { Tls = TlsPair.ClientOptions }, ThrowsOnFailure = false };
        using var keys = ServedPeer.Saying("*");
        await using var association = await TestAssociation.OpenAsync(archive, TestAssociation.Request(DicomUids.StudyRootMove), options);
        Assert.NotNull(association.SecureLink);
        return await association.MoveAsync(
            DicomUids.StudyRootMove, "STORE", keys, cancellationToken: TestContext.Current.CancellationToken).WithTimeout();
    }

    private DicomNet ArchiveFor(int port)
    {
        var (certificate, key) = (Path.Combine(_folder.Path, "server.crt"), Path.Combine(_folder.Path, "server.key"));
        File.WriteAllText(certificate, TlsTestAuthority.Server.ExportCertificatePem());
        File.WriteAllText(key, TlsTestAuthority.Server.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        var handlers = new DicomHandlers { Supported = ServedPeer.Everything() }.OnCMove(
            _ => new("127.0.0.1", port), (_, _) => Retrieving.Instances(1));
        var archive = new DicomNet(null, DicomNetSecurityMode.Tls, new() { Handlers = handlers });
        archive.Initialize(null, DicomNetSecurityMode.Tls, TlsPair.ClientOptions).ThrowIfFailed();
        archive.SetTlsServerCertificate(certificate, DicomTlsCertificateType.Pem, key).ThrowIfFailed();
        return TestScp.Listening(archive);
    }
}
