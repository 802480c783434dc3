using Dicom.Net.Associations;
using Dicom.Net.DataSets;

namespace Dicom.Net.Tests.Associations;

public sealed class EncodedDataSetSourceTests
{
    [Theory]
    [InlineData(new byte[] { }, new byte[] { })]
    [InlineData(new byte[] { 1, 2 }, new byte[] { 1, 2 })]
    [InlineData(new byte[] { 1, 2, 3 }, new byte[] { 1, 2, 3, 0 })]
    public void Read_Point37OddLength_IsPaddedWithNull(byte[] encoded, byte[] sent)
    {
        using var source = new EncodedDataSetSource(EncodedDataSet.FromMemory(encoded, DicomUids.DeflatedExplicitVRLittleEndian));

        Assert.Equal(sent.Length, source.Length);
        Assert.Equal(sent, ReadAll(source));
    }

    private static byte[] ReadAll(EncodedDataSetSource source)
    {
        // More room than bytes: neither the padding nor the end may be overrun.
        var buffer = new byte[16];
        var total = 0;
        for (int count; (count = source.Read(total, buffer.AsSpan(total))) > 0; total += count)
        {
            Assert.InRange(total + count, 1, source.Length);
        }

        return buffer[..total];
    }
}
