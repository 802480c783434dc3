using Fo = FellowOakDicom;

namespace Dicom.Net.FoDicom.Tests.Snippets;

/// <summary>fo-dicom's data sets in a handler of Dicom.Net's: shown in docs/coming-from-fo-dicom.md.</summary>
internal static class FoDicomInAHandler
{
    public static DicomNet Start(string folder, int port)
    {
        var handlers = new DicomHandlers { Supported = new(new DicomSupportedService(DicomUids.SecondaryCaptureImageStorage)) };
        handlers.OnCStore((request, _) =>
        {
            Fo.DicomFile file = request.DataSet!.ToFoDicomFile();
            file.Dataset.AddOrUpdate(Fo.DicomTag.InstitutionName, "General Hospital");
            using DicomDataSet changed = file.ToDicomDataSet();
            changed.Save(Path.Combine(folder, $"{Guid.NewGuid()}.dcm"));
            return new(DicomCommandStatusType.Success);
        });
        var scp = new DicomNet(folder, DicomNetSecurityMode.None, new DicomNetOptions { Handlers = handlers });
        scp.Listen("*", port, 128, IpType.IPv4OrIPv6).ThrowIfFailed();
        return scp;
    }
}
