using System.Globalization;
using Dicom.Net.Interop.Tests.Support;
using Dicom.Net.Tests.Support;
using PacsServer;

namespace Dicom.Net.Porting.Tests;

/// <summary>An SCU in the other library's style, answered by DCMTK's archive.</summary>
public sealed class TwinScuTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task EchoStoreFindAndMove_OfDcmqrscp_Succeed()
    {
        var received = _folder.Sub("received");
        await using var storescp = await Dcmtk.StartStorescpAsync(received, "-aet", "ELSEWHERE");
        await using var archive = await Dcmqrscp.StartAsync(_folder, ("ELSEWHERE", storescp.Port));
        var files = new[] { Make("1.2.3.9.1"), Make("1.2.3.9.2") };

        using var scu = new Scu();
        Assert.True(scu.Associate(
            "127.0.0.1", int.Parse(archive.Port, CultureInfo.InvariantCulture), Dcmqrscp.Title, "ELSEWHERE",
            DicomUidType.VerificationClass, DicomUidType.SCImageStorage, DicomUidType.PatientRootQueryFind, DicomUidType.PatientRootQueryMove));
        Assert.True(scu.Echo());
        Assert.All(files, file => Assert.True(scu.Store(file, null!, 0)));

        using var query = new DicomDataSet();
        query.InsertElementAndSetValue(DicomTag.QueryRetrieveLevel, "PATIENT");
        query.InsertElementAndSetValue(DicomTag.PatientID, "P1");
        Assert.True(scu.Find(DicomUidType.PatientRootQueryFind, query));
        Assert.Equal(["P1"], scu.Found);
        Assert.True(scu.Move(DicomUidType.PatientRootQueryMove, "ELSEWHERE", query));
        Assert.Equal((2, 0), (scu.Completed, scu.Failed));
        Assert.True(scu.Release());

        // Not bit for bit: this archive encodes anew what it sends.
        Assert.Equal(files.Select(InstanceOf).Order(), Directory.GetFiles(received).Select(InstanceOf).Order());
    }

    [Fact]
    public void Associate_NobodyListens_SaysSo()
    {
        using var closed = new ClosedPort();
        using var scu = new Scu();

        Assert.False(scu.Associate("127.0.0.1", closed.Number, "X", "Y", DicomUidType.VerificationClass));
    }

    [Fact]
    public void Connect_WithABadParameter_Throws()
    {
        using var scu = new Scu();

        var thrown = Assert.Throws<DicomException>(() => scu.Associate("127.0.0.1", 70_000, "X", "Y"));

        Assert.Equal(DicomExceptionCode.Parameter, thrown.Code);
    }

    private static string? InstanceOf(string path)
    {
        using var dataSet = DicomDataSet.Load(path);
        return dataSet.GetString(DicomTag.SOPInstanceUID);
    }

    private string Make(string uid)
    {
        var path = _folder.PathOf($"{uid}.dcm");
        using var dataSet = new DicomDataSet(DicomUids.ImplicitVRLittleEndian);
        dataSet.Set(DicomTag.SOPClassUID, DicomUids.SecondaryCaptureImageStorage);
        dataSet.Set(DicomTag.SOPInstanceUID, uid);
        dataSet.Set(DicomTag.PatientID, "P1");
        dataSet.Set(DicomTag.PatientName, "Porting^Test");
        dataSet.Set(DicomTag.StudyInstanceUID, "1.2.3.9");
        dataSet.Set(DicomTag.SeriesInstanceUID, "1.2.3.9.0");
        dataSet.Set(DicomTag.Modality, "OT");
        dataSet.Set(DicomTag.StudyID, "1");
        dataSet.Set(DicomTag.SeriesNumber, "1");
        dataSet.Set(DicomTag.InstanceNumber, "1");
        dataSet.Save(path, flushToDisk: false);
        return path;
    }
}
