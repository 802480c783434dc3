using System.Buffers.Binary;

namespace Dicom.Net.Dimse;

/// <summary>A command set that the application composed of elements, as it is sent.</summary>
internal static class HandMadeCommandSet
{
    // (0000,0000) in implicit VR little endian: tag, length 4, value (PS3.7 §E.1).
    private const int GroupLengthSize = 12;

    // Command Data Set Type (0000,0800) has this value where no data set follows, and any other where one does (PS3.7 §E.1).
    private const int NoDataSet = 0x0101;

    /// <summary>What is wrong between a command set and the data set that it is to be sent with; null when nothing is.</summary>
    public static string? ContradictionOf(DicomDataSet commandSet, DicomDataSet? dataSet) =>
        !commandSet.TryGetInt32(CommandTag.CommandDataSetType, out var type)
            ? "The command set does not say whether a data set follows: set (0000,0800) to 0101H where none does, else to 0001H."
        : type == NoDataSet && dataSet is not null
            ? "The command set's (0000,0800), 0101H, says that no data set follows, and there is one: set another value, such as 0001H."
        : type != NoDataSet && dataSet is null
            ? $"The command set's (0000,0800), {type:X4}H, says that a data set follows, and there is none: pass it, or set 0101H."
        : null;

    /// <summary>The elements as they are, in implicit VR little endian (PS3.7 §6.3.1), after a group length that is right.</summary>
    public static ReadOnlyMemory<byte> Encode(DicomDataSet commandSet)
    {
        using var encoded = commandSet.Encode(DicomUids.ImplicitVRLittleEndian);
        var elements = new byte[encoded.Length];
        encoded.ReadExactly(0, elements);
        var body = elements.AsSpan(commandSet.Contains(new DicomTag(0, 0)) ? GroupLengthSize : 0);

        var result = new byte[GroupLengthSize + body.Length];
        BinaryPrimitives.WriteInt32LittleEndian(result.AsSpan(4), sizeof(uint));
        BinaryPrimitives.WriteInt32LittleEndian(result.AsSpan(8), body.Length);
        body.CopyTo(result.AsSpan(GroupLengthSize));
        return result;
    }
}
