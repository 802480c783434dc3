namespace Dicom.Net.Tests.Snippets;

/// <summary>docs/scp.md: an SCP of two delegates.</summary>
internal static class ScpByDelegates
{
    public static DicomNet Start(string folder, int port)
    {
        var handlers = new DicomHandlers
        {
            Supported = new(new DicomSupportedService([DicomUids.Verification, DicomUids.CTImageStorage, DicomUids.MRImageStorage])),
        };
        handlers.OnCStore((request, _) =>
        {
            request.DataSet!.Save(Path.Combine(folder, $"{Guid.NewGuid()}.dcm"));
            return new(DicomCommandStatusType.Success);
        });
        var scp = new DicomNet(folder, new DicomNetOptions { Handlers = handlers });
        scp.Listen("*", port, 128, IpType.IPv4OrIPv6).ThrowIfFailed();
        return scp;
    }
}
