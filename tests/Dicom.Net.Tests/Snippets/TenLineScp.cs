namespace Dicom.Net.Tests.Snippets;

/// <summary>The README's SCP, as it stands there.</summary>
internal static class TenLineScp
{
    public static DicomNet Start(string folder, int port)
    {
        var scp = new DicomNet(folder, DicomNetSecurityMode.None);
        scp.AssociateRequestReceived += (_, e) => e.Accept(DicomUids.Verification, DicomUids.CTImageStorage);
        scp.CStoreRequestReceived += (_, e) =>
        {
            e.DataSet!.Save(Path.Combine(folder, $"{Guid.NewGuid()}.dcm"));
            e.Respond(DicomCommandStatusType.Success);
        };
        scp.Listen("*", port, 128, IpType.IPv4OrIPv6).ThrowIfFailed();
        Console.WriteLine($"Listening on port {scp.HostPort}");
        return scp;
    }
}
