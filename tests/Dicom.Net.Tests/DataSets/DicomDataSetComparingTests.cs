using Dicom.Net.Tests.Support;
using static Dicom.Net.Tests.DataSets.EncodedBytes;

namespace Dicom.Net.Tests.DataSets;

public sealed class DicomDataSetComparingTests : IDisposable
{
    // The last byte is in the fourth part that is compared.
    private const int PixelBytes = 200_000;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void HasSameBytes_FileAndMemory_AreComparedBitForBit()
    {
        using DicomDataSet received = Make(lastByte: 1), same = Make(lastByte: 1), other = Make(lastByte: 2);
        var path = Path.Combine(_folder.Path, "a.dcm");
        received.Save(path, flushToDisk: false);
        using var kept = DicomDataSet.Load(path);

        Assert.True(kept.HasSameBytes(same));
        Assert.True(same.HasSameBytes(kept));
        Assert.False(kept.HasSameBytes(other));
        Assert.True(kept.HasSameBytes(kept));
    }

    [Fact]
    public void HasSameBytes_LongerOne_IsAnother()
    {
        using DicomDataSet shorter = Make(lastByte: 1), longer = Make(lastByte: 1);
        longer.Set(DicomTag.PatientID, "4711");

        Assert.False(shorter.HasSameBytes(longer));
        Assert.False(longer.HasSameBytes(shorter));
    }

    [Fact]
    public void HasSameBytes_OtherTransferSyntax_IsAnother()
    {
        using var empty = new DicomDataSet(DicomUids.ExplicitVRLittleEndian);
        using var alsoEmpty = new DicomDataSet(DicomUids.ImplicitVRLittleEndian);

        Assert.False(empty.HasSameBytes(alsoEmpty));
    }

    [Fact]
    public void HasSameBytes_ChangedAndChangedBack_IsTheSame()
    {
        using DicomDataSet one = Make(lastByte: 1), other = Make(lastByte: 1);
        other.Set(DicomTag.PatientID, "4711");
        other.Remove(DicomTag.PatientID);

        Assert.True(one.HasSameBytes(other));
    }

    private static DicomDataSet Make(byte lastByte)
    {
        var pixels = new byte[PixelBytes];
        pixels[^1] = lastByte;
        return Parse(Join(
            Explicit(0x00080016, "UI", "1.2.3\0"), Explicit(0x00080018, "UI", "1.2.3.4\0"), Explicit(0x7FE00010, "OW", pixels)));
    }
}
