using System.Buffers.Binary;
using System.Text;

namespace Dicom.Net.DataSets;

/// <summary>What stands before the data set in a DICOM file: preamble, prefix and the elements of group 0002 (PS3.10 §7.1).</summary>
internal sealed record FileMetaInformation
{
    /// <summary>The preamble of a fixed length that belongs to the application, or to nobody (PS3.10 §7.1).</summary>
    public const int PreambleLength = 128;

    /// <summary>The most that <see cref="Write"/> writes: up to the elements, the version, four UIDs, four names.</summary>
    public const int LongestLength = ElementsOffset + 14 + (4 * (8 + LongestUid)) + (4 * (8 + LongestName));

    // Behind preamble, prefix and group length, PS3.10 §7.1: where what the group length counts begins.
    private const int ElementsOffset = PreambleLength + 4 + 12;

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
    /// <param name="destination">Room for <see cref="LongestLength"/> bytes.</param>
    /// <returns>The number of bytes written.</returns>
    /// <exception cref="InvalidOperationException">A required UID is missing, or a UID is longer than 64 characters.</exception>
    public int Write(Span<byte> destination)
    {
        destination[..PreambleLength].Clear();
        Prefix.CopyTo(destination[PreambleLength..]);
        Span<byte> elements = destination[ElementsOffset..];
        Span<byte> rest = elements;
        WriteElement(ref rest, new DicomTag(0x0002, 0x0001), DicomVR.OB, [0x00, 0x01]);
        WriteUid(ref rest, DicomTag.MediaStorageSOPClassUID, MediaStorageSopClassUid);
        WriteUid(ref rest, DicomTag.MediaStorageSOPInstanceUID, MediaStorageSopInstanceUid);
        WriteUid(ref rest, DicomTag.TransferSyntaxUID, TransferSyntaxUid);
        WriteUid(ref rest, DicomTag.ImplementationClassUID, ImplementationClassUid);
        WriteName(ref rest, DicomTag.ImplementationVersionName, DicomVR.SH, ImplementationVersionName);
        WriteName(ref rest, DicomTag.SourceApplicationEntityTitle, DicomVR.AE, SourceApplicationEntityTitle);
        WriteName(ref rest, DicomTag.SendingApplicationEntityTitle, DicomVR.AE, SendingApplicationEntityTitle);
        WriteName(ref rest, DicomTag.ReceivingApplicationEntityTitle, DicomVR.AE, ReceivingApplicationEntityTitle);

        // The group length comes first, and counts what is behind it (PS3.10 §7.1).
        int length = elements.Length - rest.Length;
        Span<byte> groupLength = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(groupLength, length);
        Span<byte> first = destination[(PreambleLength + Prefix.Length)..];
        WriteElement(ref first, new DicomTag(0x0002, 0x0000), DicomVR.UL, groupLength);
        return ElementsOffset + length;
    }

    private static void WriteUid(ref Span<byte> rest, DicomTag tag, string uid)
    {
        if (uid.Length is 0 or > LongestUid)
        {
            throw new InvalidOperationException($"A file's {DicomDictionary.Describe(tag)} has 1 to 64 characters; this has {uid.Length}.");
        }

        WriteText(ref rest, tag, DicomVR.UI, uid);
    }

    private static void WriteName(ref Span<byte> rest, DicomTag tag, DicomVR vr, string? name)
    {
        if (!string.IsNullOrEmpty(name))
        {
            WriteText(ref rest, tag, vr, name.AsSpan(0, Math.Min(name.Length, LongestName)));
        }
    }

    private static void WriteText(ref Span<byte> rest, DicomTag tag, DicomVR vr, ReadOnlySpan<char> text)
    {
        Span<byte> value = stackalloc byte[LongestUid];
        int length = Encoding.ASCII.GetBytes(text, value);
        if (int.IsOddInteger(length))
        {
            // Longer by one than an odd length is still no longer than the longest. PS3.5 §7.1.1.
            value[length++] = vr.Padding();
        }

        WriteElement(ref rest, tag, vr, value[..length]);
    }

    private static void WriteElement(ref Span<byte> rest, DicomTag tag, DicomVR vr, scoped ReadOnlySpan<byte> value)
    {
        rest = rest[ElementHeader.Write(rest, tag, vr, (uint)value.Length, DicomTransferSyntax.ExplicitVRLittleEndian)..];
        value.CopyTo(rest);
        rest = rest[value.Length..];
    }
}
