namespace Dicom.Net.Interop.Tests.Support;

/// <summary>Most SCUs encode anew what they send. What they did send is told by DCMTK's storescp, which keeps it bit for bit.</summary>
internal static class Witness
{
    /// <summary>
    /// Has the same so many instances sent to storescp and to StoreScp, called by a title and a port: they must have kept the same. By
    /// storescp's option they must also have accepted the same transfer syntax where several are proposed for one presentation context.
    /// </summary>
    public static async Task AssertStoreScpKeepsSameAsStorescpAsync(
        TestFolder folder, int count, Func<string, string, Task> send, string accepting = "+xa")
    {
        var (theirs, ours) = (folder.Sub("theirs"), folder.Sub("ours"));
        await using var storescp = await Dcmtk.StartStorescpAsync(
            theirs, "--bit-preserving", accepting, "--unique-filenames", "--promiscuous");
        await using var storeScp = await Sample.StartScpAsync("StoreScp", "--out", ours, "--aet", "OURS");

        await send("THEIRS", storescp.Port);
        await send("OURS", storeScp.Port);

        await storeScp.StopAsync();
        var kept = Directory.GetFiles(ours);
        Assert.Equal(count, kept.Length);
        Part10.AssertSameDataSets(Directory.GetFiles(theirs), kept);
    }
}
