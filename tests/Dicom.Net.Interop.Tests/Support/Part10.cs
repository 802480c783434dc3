using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Dicom.Net.Interop.Tests.Support;

/// <summary>DICOM files, looked at without the library under test, and made with it.</summary>
internal static class Part10
{
    // PS3.10 §7.1: preamble and prefix.
    private const int MetaStart = 128 + 4;

    /// <summary>The bytes behind the File Meta Information.</summary>
    public static byte[] DataSetOf(string path)
    {
        var file = File.ReadAllBytes(path);
        Assert.Equal("DICM"u8, file.AsSpan(MetaStart - 4, 4));
        var offset = MetaStart;
        while (offset < file.Length && BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(offset)) == 2)
        {
            // PS3.5 §7.1.2: of the VRs that File Meta Information has, OB alone has a 32-bit length.
            offset += file.AsSpan(offset + 4, 2).SequenceEqual("OB"u8)
                ? 12 + BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(offset + 8))
                : 8 + BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(offset + 6));
        }

        return file[offset..];
    }

    /// <summary>A name for the data set by its bytes. An odd one is padded, as it is when it is sent (PS3.8 §E.1, PS3.5 §A.5).</summary>
    public static string DigestOf(string path)
    {
        var dataSet = DataSetOf(path);
        return Convert.ToHexString(SHA256.HashData(dataSet.Length % 2 == 0 ? dataSet : [.. dataSet, 0]));
    }

    /// <summary>The data sets of some files are, bit for bit, those of some others, in any order.</summary>
    public static void AssertSameDataSets(IReadOnlyCollection<string> expected, IReadOnlyCollection<string> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        var digests = actual.Select(DigestOf).ToList();
        Assert.All(expected, file => Assert.True(digests.Remove(DigestOf(file)), $"Nobody has the data set of {file}"));
    }

    /// <summary>Makes a file with a Secondary Capture image of noise.</summary>
    public static string Make(
        string path, string uid, int pixelBytes = 1000, string transferSyntax = DicomUids.ExplicitVRLittleEndian, string? sopClass = null)
    {
        using var dataSet = new DicomDataSet(transferSyntax);
        dataSet.Set(DicomTag.SOPClassUID, sopClass ?? DicomUids.SecondaryCaptureImageStorage);
        dataSet.Set(DicomTag.SOPInstanceUID, uid);
        dataSet.Set(DicomTag.PatientName, "Interop^Test");
        dataSet.Set(DicomTag.StudyInstanceUID, "1.2.3.1");
        dataSet.Set(DicomTag.SeriesInstanceUID, "1.2.3.2");
        var pixels = new byte[pixelBytes];
        new Random(uid.Length + pixelBytes).NextBytes(pixels);
        dataSet.SetBytes(DicomTag.PixelData, DicomVR.OW, pixels);
        dataSet.Save(path, flushToDisk: false);
        return path;
    }

    /// <summary>Makes small files with UIDs of their own.</summary>
    public static string[] MakeMany(string folder, int count, int pixelBytes = 1000, int series = 1) =>
    [
        .. Enumerable.Range(1, count).Select(number =>
        {
            var uid = string.Create(CultureInfo.InvariantCulture, $"1.2.3.{series}.{number}");
            return Make(Path.Combine(folder, $"{uid}.in.dcm"), uid, pixelBytes);
        }),
    ];
}
