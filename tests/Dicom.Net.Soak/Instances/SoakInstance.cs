using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Dicom.Net.Soak.Instances;

/// <summary>
/// An instance that is known by its UID: what is in it follows from the numbers there, so that a file that was found can be compared, whoever
/// has sent it.
/// </summary>
/// <param name="Seed">Where the noise of its pixels begins.</param>
/// <param name="PixelBytes">How much of it there is: an even number.</param>
internal sealed record SoakInstance(int Seed, int PixelBytes)
{
    public const string SopClass = DicomUids.SecondaryCaptureImageStorage;
    public const string Study = "1.2.3.1";
    public const string Series = "1.2.3.2";

    private const string Root = "1.2.3.4.";

    public string Uid => string.Create(CultureInfo.InvariantCulture, $"{Root}{Seed}.{PixelBytes}");

    /// <summary>A new one: most are small, as instances are that come in thousands; one in ten is of up to half a megabyte. Arbitrary.</summary>
    public static SoakInstance Next(Random random) =>
        new(random.Next(), 2 * (random.Next(10) == 0 ? random.Next(1, 256 * 1024) : random.Next(1, 16 * 1024)));

    /// <summary>The instance of a UID; null if it is of none.</summary>
    public static SoakInstance? Of(string uid)
    {
        var numbers = uid.StartsWith(Root, StringComparison.Ordinal) ? uid[Root.Length..].Split('.') : [];
        return numbers.Length == 2
            && int.TryParse(numbers[0], NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
            && int.TryParse(numbers[1], NumberStyles.None, CultureInfo.InvariantCulture, out var pixelBytes)
            ? new(seed, pixelBytes)
            : null;
    }

    /// <summary>The bytes of the data set in explicit VR little endian (PS3.5 §7.1.2), made without the library.</summary>
    public byte[] Encode()
    {
        using var bytes = new MemoryStream();
        WriteText(bytes, 0x0008, 0x0016, "UI", SopClass);
        WriteText(bytes, 0x0008, 0x0018, "UI", Uid);
        WriteText(bytes, 0x0010, 0x0010, "PN", "Soak^Test");
        WriteText(bytes, 0x0020, 0x000D, "UI", Study);
        WriteText(bytes, 0x0020, 0x000E, "UI", Series);
        Span<byte> header = [0xE0, 0x7F, 0x10, 0x00, (byte)'O', (byte)'W', 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], PixelBytes);
        bytes.Write(header);
        bytes.Write(Pixels());
        return bytes.ToArray();
    }

    /// <summary>The same as a data set of the library.</summary>
    public DicomDataSet ToDataSet()
    {
        var dataSet = new DicomDataSet(DicomUids.ExplicitVRLittleEndian);
        dataSet.Set(DicomTag.SOPClassUID, SopClass);
        dataSet.Set(DicomTag.SOPInstanceUID, Uid);
        dataSet.Set(DicomTag.PatientName, "Soak^Test");
        dataSet.Set(DicomTag.StudyInstanceUID, Study);
        dataSet.Set(DicomTag.SeriesInstanceUID, Series);
        dataSet.SetBytes(DicomTag.PixelData, DicomVR.OW, Pixels());
        return dataSet;
    }

    private byte[] Pixels()
    {
        var pixels = new byte[PixelBytes];
        new Random(Seed).NextBytes(pixels);
        return pixels;
    }

    // UIDs are padded with NUL, other text with a space (PS3.5 §6.2).
    private static void WriteText(MemoryStream bytes, ushort group, ushort element, string vr, string value)
    {
        var padded = value.Length % 2 == 0 ? value : value + (vr == "UI" ? '\0' : ' ');
        Span<byte> header = stackalloc byte[8];
        BinaryPrimitives.WriteUInt16LittleEndian(header, group);
        BinaryPrimitives.WriteUInt16LittleEndian(header[2..], element);
        Encoding.ASCII.GetBytes(vr, header[4..]);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], (ushort)padded.Length);
        bytes.Write(header);
        bytes.Write(Encoding.ASCII.GetBytes(padded));
    }
}
