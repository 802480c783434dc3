using System.Buffers.Binary;

namespace Dicom.Net.Dimse;

/// <summary>A command set that the application composed of elements, as it is sent.</summary>
internal static class HandMadeCommandSet
{
    // (0000,0000) in implicit VR little endian: tag, length 4, value (PS3.7 §E.1).
    private const int GroupLengthSize = 12;

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
