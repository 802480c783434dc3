namespace Dicom.Net.Interop.Tests.Support;

/// <summary>DCMTK's archive.</summary>
internal static class Dcmqrscp
{
    public const string Title = "DCMQR";

    /// <summary>Starts it with an empty archive.</summary>
    /// <param name="folder">For its configuration and its files.</param>
    /// <param name="receiver">The port of the one destination that it knows, DICOMNET.</param>
    public static Task<ForeignScp> StartAsync(TestFolder folder, string receiver)
    {
        var configuration = folder.PathOf("dcmqrscp.cfg");
        File.WriteAllText(configuration, $"""
            MaxPDUSize = 16384
            MaxAssociations = 16
            HostTable BEGIN
            ours = (DICOMNET, 127.0.0.1, {receiver})
            HostTable END
            VendorTable BEGIN
            VendorTable END
            AETable BEGIN
            {Title} {folder.Sub("dcmqrscp")} RW (200, 1024mb) ANY
            AETable END

            """);
        return ForeignScp.StartAsync(port => new(Require.Dcmtk("dcmqrscp"), ["-v", "-dhl", "-c", configuration, port]));
    }
}
