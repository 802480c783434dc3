using System.Globalization;
using Dicom.Net.Interop.Tests.Support;

namespace Dicom.Net.Interop.Tests;

/// <summary>Awaited associations and handlers over TLS, with DCMTK on the other side.</summary>
public sealed class AwaitedTlsTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TestFolder _folder = new();
    private readonly TlsFiles _files = new TlsFiles().With("ours").With("theirs");

    public void Dispose()
    {
        _files.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Storescp_EchoedToAndSentFiles_KeepsThemBitForBit()
    {
        var files = Part10.MakeMany(_folder.Sub("in"), 5, 300_000);
        await using var storescp = await Dcmtk.StartStorescpAsync(_folder.Sub("kept"), ["--bit-preserving", .. _files.DcmtkOptions("theirs")]);
        await using var association = await OpenAsync(storescp.Port, _files.Options("ours"));

        Assert.Equal(DicomCommandStatusType.Success, (await association.EchoAsync(None).WithTimeout()).Status);
        foreach (var file in files)
        {
            await association.StoreAsync(file, cancellationToken: None).WithTimeout();
        }

        await association.ReleaseAsync(None).WithTimeout();
        Assert.Equal("CN=theirs", association.SecureLink!.PeerCertificate!.Subject);
        Part10.AssertSameDataSets(files, Directory.GetFiles(_folder.PathOf("kept")));
    }

    [Fact]
    public async Task Storescp_WantsACertificate_IsAnExceptionWithoutOne()
    {
        await using var storescp = await Dcmtk.StartStorescpAsync(_folder.Sub("kept"), _files.DcmtkOptions("theirs"));

        await Assert.ThrowsAnyAsync<DicomException>(() => OpenAsync(storescp.Port, _files.Options(null)));
    }

    [Fact]
    public async Task Storescp_OfAStranger_IsAnExceptionThatSaysSo()
    {
        using var strangers = new TlsFiles("stranger").With("strange");
        await using var storescp = await Dcmtk.StartStorescpAsync(_folder.Sub("kept"), strangers.DcmtkOptions("strange"));

        var error = await Assert.ThrowsAsync<DicomException>(() => OpenAsync(storescp.Port, _files.Options("ours")));

        Assert.Equal(DicomExceptionCode.TlsPeerCertificate, error.Code);
    }

    [Fact]
    public async Task Handlers_StorescuAndMovescu_AreServedAndSendOverTlsToo()
    {
        string[] files = [Part10.Make(_folder.PathOf("a.in.dcm"), "1.2.3.1")];
        await using var storescp = await Dcmtk.StartStorescpAsync(
            _folder.Sub("moved"), ["--bit-preserving", .. _files.DcmtkOptions("theirs")]);
        var destination = new DicomMoveDestination("127.0.0.1", int.Parse(storescp.Port, CultureInfo.InvariantCulture))
        {
            Options = new() { Tls = _files.Options("ours") },
        };
        using var scp = Listening(new DicomHandlers()
            .OnCStore((request, _) =>
            {
                request.DataSet!.Save(Path.Combine(_folder.Sub("kept"), "kept.dcm"));
                return new(DicomCommandStatusType.Success);
            })
            .OnCMove(_ => destination, (_, _) => files.Select(DicomInstance.FromFile).ToAsyncEnumerable()));
        var port = scp.HostPort.ToString(CultureInfo.InvariantCulture);

        await using var storescu = await Dcmtk.RunAsync(0, "storescu", ["-xe", .. _files.DcmtkOptions("theirs"), "127.0.0.1", port, .. files]);
        using var keys = new DicomDataSet();
        keys.Set(DicomTag.QueryRetrieveLevel, "STUDY");
        await using var association = await OpenAsync(port, _files.Options("theirs"), DicomUids.StudyRootMove);
        var moved = await association.MoveAsync(DicomUids.StudyRootMove, "STORE", keys, cancellationToken: None).WithTimeout();

        Assert.Equal(1, moved.SubOperations.Completed);
        Part10.AssertSameDataSets(files, Directory.GetFiles(_folder.PathOf("kept")));
        Part10.AssertSameDataSets(files, Directory.GetFiles(_folder.PathOf("moved")));
    }

    private static Task<DicomAssociation> OpenAsync(string port, DicomTlsOptions tls, params string[] sopClasses) => DicomAssociation.OpenAsync(
        "127.0.0.1",
        int.Parse(port, CultureInfo.InvariantCulture),
        sopClasses.Aggregate(
            new DicomAssociationRequest("AWAITING", "ANY-SCP").With(DicomUids.Verification).With(DicomUids.SecondaryCaptureImageStorage),
            (request, sopClass) => request.With(sopClass)),
        new() { Network = new() { Tls = tls } }).WithTimeout();

    private DicomNet Listening(DicomHandlers handlers)
    {
        handlers.Supported = new(new DicomSupportedService(static _ => true, DicomUids.ExplicitVRLittleEndian, DicomUids.ImplicitVRLittleEndian));
        var tls = _files.Options("ours") with { ClientCertificateMode = DicomTlsClientCertificateMode.Required };
        var scp = new DicomNet(null, DicomNetSecurityMode.Tls, new DicomNetOptions { Tls = tls, Handlers = handlers });
        scp.Listen("127.0.0.1", 0, 16).ThrowIfFailed();
        return scp;
    }
}
