using System.Text;
using Dicom.Net.Tests.Services;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.Attacks;

/// <summary>
/// Files that are an image and a program at once, by the preamble of PS3.10 §7.1 (CVE-2019-11687): what is received gets zeros there, however it
/// comes into its file.
/// </summary>
public sealed class PolyglotPreambleTests : IDisposable
{
    private const int PreambleLength = 128;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, true)]
    [InlineData(0, false)]
    [InlineData(1_000_000, true)]
    [InlineData(1_000_000, false)]
    public async Task Save_ReceivedInstance_HasAPreambleOfZeros(int memoryThreshold, bool flushToDisk)
    {
        var path = _folder.File("saved.dcm");
        using var listener = TestScp.AcceptingAll(new() { MemoryThreshold = memoryThreshold }, _folder.Path);
        listener.CStoreRequestReceived += (_, e) =>
        {
            e.DataSet!.Save(path, overwrite: false, flushToDisk);
            e.Respond(DicomCommandStatusType.Success);
        };
        await using var scu = await RawScu.AssociatedAsync(listener.HostPort);

        // Heads of programs, where a careless receiver might take a file's beginning from.
        await scu.Peer.SendAsync(WireBytes.StoreRq(1), WireBytes.StoreData(true, [.. "MZ\u0090\0"u8, .. "\u007FELF"u8, .. new byte[200]]));

        Assert.Equal(DicomCommandStatusType.Success, WireBytes.CommandOf(await scu.Peer.ReceiveAsync()).Status);
        AssertPreambleOfZeros(path);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Save_LoadedFileWithAProgramInItsPreamble_HasAPreambleOfZeros(bool isModified)
    {
        using (var instance = TestInstance.Create())
        {
            instance.Save(_folder.File("clean.dcm"));
        }

        var bytes = File.ReadAllBytes(_folder.File("clean.dcm"));
        Encoding.ASCII.GetBytes("MZ program").CopyTo(bytes, 0);
        File.WriteAllBytes(_folder.File("polyglot.dcm"), bytes);
        using var polyglot = DicomDataSet.Load(_folder.File("polyglot.dcm"));
        if (isModified)
        {
            polyglot.Set(DicomTag.PatientName, "Other");
        }

        polyglot.Save(_folder.File("saved.dcm"));

        AssertPreambleOfZeros(_folder.File("saved.dcm"));
    }

    private static void AssertPreambleOfZeros(string path)
    {
        var file = File.ReadAllBytes(path);
        Assert.All(file[..PreambleLength], value => Assert.Equal(0, value));
        Assert.Equal("DICM"u8, file.AsSpan(PreambleLength, 4));
    }
}
