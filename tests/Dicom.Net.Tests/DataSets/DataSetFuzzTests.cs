using Dicom.Net.DataSets;
using static Dicom.Net.Tests.DataSets.EncodedBytes;

namespace Dicom.Net.Tests.DataSets;

/// <summary>Whatever the bytes: a data set or a <see cref="DataSetException"/>, and memory in proportion to what was sent.</summary>
public sealed class DataSetFuzzTests
{
    // Elements are objects: a hundred bytes and more for eight on the wire, and items likewise. Arbitrary, but a bound.
    private const long AllocationFor = 16 * 1024 * 1024;

    public static TheoryData<string> Syntaxes =>
    [
        DicomUids.ImplicitVRLittleEndian, DicomUids.ExplicitVRLittleEndian, DicomUids.ExplicitVRBigEndian,
        DicomUids.DeflatedExplicitVRLittleEndian, DicomUids.JpegBaseline8Bit,
    ];

    [Theory]
    [MemberData(nameof(Syntaxes))]
    public void Read_TruncatedAtEveryByte_ReadsOrThrows(string syntax)
    {
        byte[] bytes = Sample(syntax);
        for (int length = 0; length <= bytes.Length; length++)
        {
            ReadEverything(bytes[..length], syntax);
        }
    }

    [Theory]
    [MemberData(nameof(Syntaxes))]
    public void Read_Mutated_ReadsOrThrows(string syntax)
    {
        byte[] original = Sample(syntax);
        Random random = new(4711);
        for (int i = 0; i < 5_000; i++)
        {
            byte[] bytes = [.. original];
            for (int mutations = random.Next(1, 6); mutations > 0; mutations--)
            {
                bytes[random.Next(bytes.Length)] = random.Next(4) switch { 0 => 0, 1 => 0xFF, 2 => 0xFE, _ => (byte)random.Next(256) };
            }

            ReadEverything(bytes, syntax);
        }
    }

    [Theory]
    [MemberData(nameof(Syntaxes))]
    public void Read_Random_ReadsOrThrows(string syntax)
    {
        Random random = new(4712);
        for (int i = 0; i < 2_000; i++)
        {
            byte[] bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);
            ReadEverything(bytes, syntax);
        }
    }

    private static byte[] Sample(string syntax)
    {
        DicomDataSet inner = new();
        inner.Set(DicomTag.ReferencedSOPInstanceUID, "1.2.3");
        DicomDataSet middle = new();
        middle.SetItems(DicomTag.ReferencedSOPSequence, inner, inner);
        DicomDataSet outer = new(syntax);
        outer.Set(DicomTag.SpecificCharacterSet, "ISO_IR 192");
        outer.Set(DicomTag.PatientName, "Müller^Jürgen");
        outer.SetItems(DicomTag.ReferencedStudySequence, middle);
        outer.Set(DicomTag.Rows, 512);
        outer.SetBytes(
            DicomTag.PixelData, DicomVR.OB, syntax == DicomUids.JpegBaseline8Bit ? Join(Item(), Item([1, 2, 3, 4])) : [1, 2, 3, 4]);
        byte[] encoded = outer.Encode(syntax).ToArray();
        return syntax is DicomUids.ImplicitVRLittleEndian
            ? [.. ImplicitUndefined(0x00081111, ItemUndefined(Implicit(0x00081155, "1.2\0"))), .. encoded]
            : encoded;
    }

    private static void ReadEverything(byte[] bytes, string syntax)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        using DicomDataSet dataSet = Parse(bytes, syntax);
        Exception? error = Record.Exception(() =>
        {
            Walk(dataSet);
            DataSetWriter.Write(dataSet, dataSet.Syntax, copiesUnchanged: false);
        });

        // Compressed pixel data in a native transfer syntax, which a mutation can make, cannot be re-encoded: that is the caller's error.
        Assert.True(error is null or DataSetException or InvalidOperationException, error?.ToString());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, AllocationFor);
    }

    private static void Walk(DicomDataSet dataSet)
    {
        foreach (DicomElement element in dataSet)
        {
            dataSet.TryGetString(element.Tag, out _);
            dataSet.TryGetInt32(element.Tag, out _);
            dataSet.TryGetDouble(element.Tag, out _);
            Assert.Equal(element.Length, element.GetBytes().Length);
            if (dataSet.TryGetItems(element.Tag, out IReadOnlyList<DicomDataSet>? items))
            {
                foreach (DicomDataSet item in items)
                {
                    Walk(item);
                }
            }
        }
    }
}
