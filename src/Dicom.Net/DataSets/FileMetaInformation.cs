using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Dicom.Net.DataSets;

/// <summary>What stands before the data set in a DICOM file: preamble, prefix and the elements of group 0002 (PS3.10 §7.1).</summary>
internal sealed record FileMetaInformation
{
    /// <summary>The preamble of a fixed length that belongs to the application, or to nobody (PS3.10 §7.1).</summary>
    public const int PreambleLength = 128;

    // PS3.5 §9.1.
    private const int LongestUid = 64;

    // PS3.5 Table 6.2-1: AE and SH.
    private const int LongestName = 16;

    /// <summary>The prefix behind the preamble (PS3.10 §7.1).</summary>
    public static ReadOnlySpan<byte> Prefix => "DICM"u8;

    public string MediaStorageSopClassUid { get; init; } = string.Empty;

    public string MediaStorageSopInstanceUid { get; init; } = string.Empty;

    /// <summary>The transfer syntax of the data set that follows; this group itself is in Explicit VR Little Endian.</summary>
    public string TransferSyntaxUid { get; init; } = string.Empty;

    public string ImplementationClassUid { get; init; } = Implementation.ClassUid;

    public string? ImplementationVersionName { get; init; } = Implementation.VersionName;

    /// <summary>The AE that brought the instance forth, or that sent it to the writer of this file.</summary>
    public string? SourceApplicationEntityTitle { get; init; }

    public string? SendingApplicationEntityTitle { get; init; }

    public string? ReceivingApplicationEntityTitle { get; init; }

    /// <summary>Reads the beginning of a file.</summary>
    /// <exception cref="DataSetException">It is no DICOM file, or lacks a Transfer Syntax UID.</exception>
    public static FileMetaInformation Read(ReadOnlyMemory<byte> file, out long dataSetOffset) =>
        Read(EncodedDataSet.FromMemory(file, DicomUids.ExplicitVRLittleEndian), out dataSetOffset);

    /// <summary>Reads the beginning of a file.</summary>
    /// <exception cref="DataSetException">It is no DICOM file, or lacks a Transfer Syntax UID.</exception>
    public static FileMetaInformation Read(EncodedDataSet file, out long dataSetOffset) => FileMetaReader.Read(file, out dataSetOffset);

    /// <summary>Writes preamble, prefix and elements. The preamble is zeros: nothing that a loader would run (CVE-2019-11687).</summary>
    /// <exception cref="InvalidOperationException">A required UID is missing, or a UID is longer than 64 characters.</exception>
    public void Write(IBufferWriter<byte> output)
    {
        ArrayBufferWriter<byte> elements = new(512);
        WriteElement(elements, new DicomTag(0x0002, 0x0001), DicomVR.OB, [0x00, 0x01]);
        WriteUid(elements, DicomTag.MediaStorageSopClassUid, MediaStorageSopClassUid);
        WriteUid(elements, DicomTag.MediaStorageSopInstanceUid, MediaStorageSopInstanceUid);
        WriteUid(elements, DicomTag.TransferSyntaxUid, TransferSyntaxUid);
        WriteUid(elements, DicomTag.ImplementationClassUid, ImplementationClassUid);
        WriteName(elements, DicomTag.ImplementationVersionName, DicomVR.SH, ImplementationVersionName);
        WriteName(elements, DicomTag.SourceApplicationEntityTitle, DicomVR.AE, SourceApplicationEntityTitle);
        WriteName(elements, DicomTag.SendingApplicationEntityTitle, DicomVR.AE, SendingApplicationEntityTitle);
        WriteName(elements, DicomTag.ReceivingApplicationEntityTitle, DicomVR.AE, ReceivingApplicationEntityTitle);

        Span<byte> preamble = output.GetSpan(PreambleLength)[..PreambleLength];
        preamble.Clear();
        output.Advance(PreambleLength);
        output.Write(Prefix);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, elements.WrittenCount);
        WriteElement(output, new DicomTag(0x0002, 0x0000), DicomVR.UL, length);
        output.Write(elements.WrittenSpan);
    }

    private static void WriteUid(ArrayBufferWriter<byte> output, DicomTag tag, string uid)
    {
        if (uid.Length is 0 or > LongestUid)
        {
            throw new InvalidOperationException($"A file's {DicomDictionary.Describe(tag)} has 1 to 64 characters; this has {uid.Length}.");
        }

        WriteElement(output, tag, DicomVR.UI, TextValue.Pad(Encoding.ASCII.GetBytes(uid), DicomVR.UI));
    }

    private static void WriteName(ArrayBufferWriter<byte> output, DicomTag tag, DicomVR vr, string? name)
    {
        if (!string.IsNullOrEmpty(name))
        {
            string shortened = name.Length > LongestName ? name[..LongestName] : name;
            WriteElement(output, tag, vr, TextValue.Pad(Encoding.ASCII.GetBytes(shortened), vr));
        }
    }

    private static void WriteElement(IBufferWriter<byte> output, DicomTag tag, DicomVR vr, ReadOnlySpan<byte> value)
    {
        Span<byte> header = stackalloc byte[12];
        int size = ElementHeader.Write(header, tag, vr, (uint)value.Length, DicomTransferSyntax.ExplicitVRLittleEndian);
        output.Write(header[..size]);
        output.Write(value);
    }
}
