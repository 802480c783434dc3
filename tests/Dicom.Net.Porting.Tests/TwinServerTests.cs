using System.Globalization;
using Dicom.Net.Interop.Tests.Support;
using PacsServer;

namespace Dicom.Net.Porting.Tests;

/// <summary>A server in the other library's style, asked by DCMTK's tools.</summary>
public sealed class TwinServerTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly Server _server;

    public TwinServerTests()
    {
        DicomNet.Startup();
        _server = new Server(null, DicomNetSecurityMode.None) { ImageFolder = _folder.Sub("images") };
        _server.Listen("127.0.0.1", 0, 5);
    }

    private string Port => _server.HostPort.ToString(CultureInfo.InvariantCulture);

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
        DicomNet.Shutdown();
    }

    [Fact]
    public async Task Echo_OfEchoscu_Succeeds()
    {
        await using var echoscu = await Dcmtk.RunAsync(0, "echoscu", "-v", "127.0.0.1", Port);
    }

    [Fact]
    public async Task Store_OfStorescu_IsOnDisk()
    {
        var file = Part10.Make(_folder.PathOf("in.dcm"), "1.2.3.4.5", transferSyntax: DicomUids.ImplicitVRLittleEndian);

        await using var storescu = await Dcmtk.RunAsync(0, "storescu", "-v", "-xi", "127.0.0.1", Port, file);

        Part10.AssertSameDataSets([file], Directory.GetFiles(_server.ImageFolder));
    }

    [Fact]
    public async Task Find_OfFindscu_GetsTheMatches()
    {
        Furnish(3);

        await using var findscu = await Dcmtk.RunAsync(
            0, "findscu", "-v", "-P", "-k", "QueryRetrieveLevel=IMAGE", "-k", "PatientID=P1", "-k", "SOPInstanceUID", "127.0.0.1", Port);

        Assert.Equal(3, findscu.Lines.Count(line => line.Contains("(Pending)", StringComparison.Ordinal)));
        Assert.Contains("1.2.3.1.3", findscu.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Move_OfMovescu_SendsToTheDestination()
    {
        var files = Furnish(5);
        var received = _folder.Sub("received");
        await using var storescp = await Dcmtk.StartStorescpAsync(received, "-aet", "ELSEWHERE");
        _server.Destinations["ELSEWHERE"] = int.Parse(storescp.Port, CultureInfo.InvariantCulture);

        await using var movescu = await Dcmtk.RunAsync(
            0, "movescu", "-v", "-P", "-aem", "ELSEWHERE", "-k", "QueryRetrieveLevel=PATIENT", "-k", "PatientID=P1", "127.0.0.1", Port);

        Part10.AssertSameDataSets(files, Directory.GetFiles(received));
    }

    [Fact]
    public async Task Connections_ThatHaveEnded_AreForgotten()
    {
        await using (await Dcmtk.RunAsync(0, "echoscu", "127.0.0.1", Port))
        {
        }

        await Timeouts.UntilAsync(() => _server.GetClientCount() == 0, "the client is gone");
    }

    private string[] Furnish(int count) =>
    [
        .. Enumerable.Range(1, count).Select(number =>
        {
            var uid = $"1.2.3.1.{number}";
            var path = Path.Combine(_server.ImageFolder, $"{uid}.dcm");
            using var dataSet = new DicomDataSet(DicomUids.ImplicitVRLittleEndian);
            dataSet.Set(DicomTag.SOPClassUID, DicomUids.SecondaryCaptureImageStorage);
            dataSet.Set(DicomTag.SOPInstanceUID, uid);
            dataSet.Set(DicomTag.PatientID, "P1");
            dataSet.Set(DicomTag.PatientName, "Porting^Test");
            dataSet.Save(path, flushToDisk: false);
            return path;
        }),
    ];
}
