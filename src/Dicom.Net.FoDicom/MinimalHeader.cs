using System.Buffers.Binary;
using System.Text;

namespace Dicom.Net.FoDicom;

/// <summary>
/// As much of a file's beginning (PS3.10 §7.1) as tells a parser the transfer syntax of what follows: an identifier is no instance, and has
/// nothing else to say there.
/// </summary>
internal static class MinimalHeader
{
    private const int PreambleLength = 128;

    /// <summary>The bytes before the data set.</summary>
    public static byte[] Of(string transferSyntaxUid)
    {
        // A UID of odd length is padded with NUL (PS3.5 §9.1).
        var uid = Encoding.ASCII.GetBytes(transferSyntaxUid.Length % 2 == 0 ? transferSyntaxUid : transferSyntaxUid + '\0');
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, 8 + uid.Length);
        return
        [
            .. new byte[PreambleLength],
            .. "DICM"u8,
            0x02, 0x00, 0x00, 0x00, .. "UL"u8, 4, 0, .. length,
            0x02, 0x00, 0x10, 0x00, .. "UI"u8, (byte)uid.Length, 0, .. uid,
        ];
    }
}
