using Hospital;

namespace Dicom.Net.FoDicom.Tests.Snippets;

/// <summary>A service class of fo-dicom's, kept as it is, on a listener of Dicom.Net: shown in docs/coming-from-fo-dicom.md.</summary>
internal static class KeptService
{
    public static DicomNet Start(string folder, int port)
    {
        var layer = FoDicomPduLayer.For<StorageService>(new() { UserState = folder });
        var scp = new DicomNet(null, DicomNetSecurityMode.None, new DicomNetOptions { PduLayer = layer });
        scp.Listen("*", port, 128, IpType.IPv4OrIPv6).ThrowIfFailed();
        return scp;
    }
}
