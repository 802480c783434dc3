using Dicom.Net.Interop.Tests.Support;
using FellowOakDicom.Network;
using Hospital;

namespace Dicom.Net.FoDicom.Tests;

/// <summary>fo-dicom's client and Dicom.Net's own SCP; Dicom.Net's own SCU and fo-dicom's server.</summary>
public sealed class FoDicomPeersTests : IDisposable
{
    private const string Study = "1.2.3.1";

    private readonly TestFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task FoDicomsClient_AgainstOurScp_IsServed()
    {
        var files = Part10.MakeMany(_folder.Path, 3);
        using var scp = new NativeScp();
        using var destination = new NativeScp();
        scp.Destinations["ELSEWHERE"] = destination.Port;
        var scu = new FoScu(scp.Port);
        var received = _folder.Sub("got");

        Assert.Equal(DicomStatus.Success, await scu.EchoAsync().WithTimeout());
        Assert.All(await scu.StoreAsync(files).WithTimeout(), status => Assert.Equal(DicomStatus.Success, status));
        Part10.AssertSameDataSets(files, scp.Files);
        Assert.Equal(["1.2.3.1.1", "1.2.3.1.2", "1.2.3.1.3"], (await scu.FindAsync().WithTimeout()).Order());
        Assert.Equal(DicomStatus.Success, await scu.MoveAsync("ELSEWHERE", Study).WithTimeout());
        Part10.AssertSameDataSets(files, destination.Files);
        Assert.Equal(DicomStatus.Success, await scu.GetAsync(Study, received).WithTimeout());
        Part10.AssertSameDataSets(files, Directory.GetFiles(received));
    }

    [Fact]
    public async Task FoDicomsClient_AgainstOurScpOverTls_IsServed()
    {
        using var tls = new TlsFiles().With("ours");
        using var scp = new NativeScp(tls.Options("ours"));

        Assert.Equal(DicomStatus.Success, await new FoScu(scp.Port, "localhost", usesTls: true).EchoAsync().WithTimeout());
    }

    [Fact]
    public async Task OurScu_AgainstFoDicomsServer_IsServed()
    {
        var files = Part10.MakeMany(_folder.Path, 3);
        var archive = new Archive(_folder.Sub("archive"));
        using var destination = new NativeScp();
        archive.Destinations["OURS"] = destination.Port;
        var port = ForeignPort.Free();
        using var server = DicomServerFactory.Create<ArchiveService>("127.0.0.1", port, userState: archive);
        await Timeouts.UntilAsync(() => server.IsListening, "fo-dicom's server listens");
        var request = new DicomAssociationRequest("OURS", "ANY-SCP")
            .With(DicomUids.Verification).With(DicomUids.StudyRootFind).With(DicomUids.StudyRootMove).With(DicomUids.StudyRootGet)
            .With(DicomUids.SecondaryCaptureImageStorage, DicomUids.ExplicitVRLittleEndian);

        await using var scu = await DicomAssociation.OpenAsync("127.0.0.1", port, request, null, Cancelled).WithTimeout();

        Assert.Equal(DicomCommandStatusType.Success, (await scu.EchoAsync(Cancelled).WithTimeout()).Status);
        foreach (var file in files)
        {
            Assert.Equal(DicomCommandStatusType.Success, (await scu.StoreAsync(file, null, Cancelled).WithTimeout()).Status);
        }

        Part10.AssertSameDataSets(files, archive.Files);
        Assert.Equal(3, await FindAsync(scu).WithTimeout());
        using var study = Identifier("STUDY");
        Assert.Equal(DicomCommandStatusType.Success, (await scu.MoveAsync(DicomUids.StudyRootMove, "OURS", study, null, Cancelled).WithTimeout()).Status);
        Part10.AssertSameDataSets(files, destination.Files);
        await scu.ReleaseAsync(Cancelled).WithTimeout();
    }

    [Fact]
    public async Task OurScu_GetsFromFoDicomsServer_WhatItHas()
    {
        var archive = new Archive(_folder.Sub("archive"));
        var files = Part10.MakeMany(_folder.Path, 3);
        Array.ForEach(files, file => File.Copy(file, Path.Combine(archive.Folder, Path.GetFileName(file))));
        var port = ForeignPort.Free();
        using var server = DicomServerFactory.Create<ArchiveService>("127.0.0.1", port, userState: archive);
        await Timeouts.UntilAsync(() => server.IsListening, "fo-dicom's server listens");
        var request = new DicomAssociationRequest("OURS", "ANY-SCP")
            .With(DicomUids.StudyRootGet).WithProviderRole(DicomUids.SecondaryCaptureImageStorage, DicomUids.ExplicitVRLittleEndian);
        var received = _folder.Sub("got");

        await using var scu = await DicomAssociation.OpenAsync("127.0.0.1", port, request, null, Cancelled).WithTimeout();
        using var study = Identifier("STUDY");
        var response = await scu.GetAsync(DicomUids.StudyRootGet, study, (instance, _) =>
        {
            instance.DataSet.Save(Path.Combine(received, instance.Instance + ".dcm"), flushToDisk: false);
            return new(DicomCommandStatusType.Success);
        }, null, Cancelled).WithTimeout();

        Assert.Equal(DicomCommandStatusType.Success, response.Status);
        Part10.AssertSameDataSets(files, Directory.GetFiles(received));
    }

    private static async Task<int> FindAsync(DicomAssociation scu)
    {
        using var identifier = Identifier("IMAGE");
        var count = 0;
        await foreach (var match in scu.FindAsync(DicomUids.StudyRootFind, identifier))
        {
            match.Dispose();
            count++;
        }

        return count;
    }

    private static DicomDataSet Identifier(string level)
    {
        var identifier = new DicomDataSet();
        identifier.Set(DicomTag.QueryRetrieveLevel, level);
        identifier.Set(DicomTag.StudyInstanceUID, Study);
        return identifier;
    }
}
