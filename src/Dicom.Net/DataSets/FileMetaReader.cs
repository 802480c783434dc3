using System.Buffers.Binary;
using System.Text;

namespace Dicom.Net.DataSets;

/// <summary>Finds and reads File Meta Information at the beginning of a file.</summary>
internal static class FileMetaReader
{
    // No element that is read here may be longer than 64 characters; what is far longer is not looked at. Arbitrary.
    private const int LongestText = 1024;

    private static readonly DicomTransferSyntax Syntax = DicomTransferSyntax.ExplicitVRLittleEndian;

    public static FileMetaInformation Read(EncodedDataSet file, out long dataSetOffset)
    {
        ByteWindow window = new(ByteRange.Of(file));
        long offset = FindStart(window);
        FileMetaInformation meta = new() { ImplementationClassUid = string.Empty, ImplementationVersionName = null };
        long? declaredEnd = null;
        int count = 0;
        while (offset < window.Length && !IsEnd(window, offset, declaredEnd, meta))
        {
            ElementHeader header = ElementHeader.Read(window, offset, Syntax);
            long valueStart = offset + header.Size;
            DelimitedValue.CheckFits(header, valueStart, window.Length);
            offset = valueStart + header.Length;
            if (header.Tag.IsGroupLength && header.Length == 4)
            {
                declaredEnd = offset + BinaryPrimitives.ReadUInt32LittleEndian(window.Look(valueStart, 4));
            }

            meta = With(meta, header, window, valueStart);
            if (++count > DataSetLimits.Default.MaximumMetaElements)
            {
                throw new DataSetException($"File Meta Information has more than {DataSetLimits.Default.MaximumMetaElements} elements.");
            }
        }

        dataSetOffset = offset;
        return meta.TransferSyntaxUid.Length > 0
            ? meta
            : throw new DataSetException("File Meta Information lacks Transfer Syntax UID (0002,0010): the data set cannot be read.");
    }

    // The prefix is behind the preamble. Some writers leave the preamble out, some the prefix, too; the first element of group 0002, which
    // is always in Explicit VR Little Endian, is as good a sign. Without any of them the transfer syntax would have to be guessed.
    private static long FindStart(ByteWindow window)
    {
        const int behindPreamble = FileMetaInformation.PreambleLength;
        if (window.Length >= behindPreamble + 4 && window.Look(behindPreamble, 4).SequenceEqual(FileMetaInformation.Prefix))
        {
            return behindPreamble + 4;
        }

        if (window.Look(0, 4).SequenceEqual(FileMetaInformation.Prefix))
        {
            return 4;
        }

        ReadOnlySpan<byte> start = window.Look(0, 6);
        bool isGroupLength = start.SequenceEqual<byte>([0x02, 0x00, 0x00, 0x00, (byte)'U', (byte)'L']);
        return isGroupLength ? 0 : throw new DataSetException(
            "This is no DICOM file: it has no File Meta Information (PS3.10 §7.1), so that its transfer syntax is unknown.");
    }

    // The group's length is often wrong, so it is believed only where something else agrees: the next element is of another group, or
    // cannot be looked at since it is deflated.
    private static bool IsEnd(ByteWindow window, long offset, long? declaredEnd, FileMetaInformation meta)
    {
        ReadOnlySpan<byte> group = window.Look(offset, 2);
        bool isOtherGroup = group is not [0x02, 0x00];
        bool isDeflated = meta.TransferSyntaxUid.Length > 0 && DicomTransferSyntax.Of(meta.TransferSyntaxUid).IsDeflated;
        return isOtherGroup || (isDeflated && offset == declaredEnd);
    }

    private static FileMetaInformation With(FileMetaInformation meta, in ElementHeader header, ByteWindow window, long valueStart)
    {
        if (header.Length > LongestText || !header.VR.IsText())
        {
            return meta;
        }

        string text = Encoding.ASCII.GetString(window.Look(valueStart, (int)header.Length)).Trim(' ', '\0');
        return header.Tag.Element switch
        {
            0x0002 => meta with { MediaStorageSopClassUid = text },
            0x0003 => meta with { MediaStorageSopInstanceUid = text },
            0x0010 => meta with { TransferSyntaxUid = text },
            0x0012 => meta with { ImplementationClassUid = text },
            0x0013 => meta with { ImplementationVersionName = text },
            0x0016 => meta with { SourceApplicationEntityTitle = text },
            0x0017 => meta with { SendingApplicationEntityTitle = text },
            0x0018 => meta with { ReceivingApplicationEntityTitle = text },
            _ => meta,
        };
    }
}
