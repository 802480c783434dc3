using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Dicom.Net.Pdus;

namespace Dicom.Net.Tests.Pdus;

/// <summary>Builds bodies of association PDUs piece by piece, right or wrong.</summary>
internal static class PduBytes
{
    public static byte[] Item(byte type, params byte[][] body)
    {
        byte[] bytes = [type, 0, 0, 0, .. body.SelectMany(part => part)];
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), (ushort)(bytes.Length - 4));
        return bytes;
    }

    public static byte[] Text(string text) => Encoding.Latin1.GetBytes(text);

    public static byte[] Counted(string text) => [(byte)(text.Length >> 8), (byte)text.Length, .. Text(text)];

    public static byte[] ApplicationContext { get; } = Item(ItemType.ApplicationContext, Text("1.2.840.10008.3.1.1.1"));

    public static byte[] ContextRq(byte id = 1, string abstractSyntax = "1.2.3", params string[] transferSyntaxes) =>
        Item(
            ItemType.PresentationContextRq,
            [id, 0, 0, 0],
            Item(ItemType.AbstractSyntax, Text(abstractSyntax)),
            [.. (transferSyntaxes.Length == 0 ? ["1.2.840.10008.1.2"] : transferSyntaxes).SelectMany(uid =>
                Item(ItemType.TransferSyntax, Text(uid)))]);

    public static byte[] ContextAc(byte id, byte result, params byte[][] subItems) =>
        Item(ItemType.PresentationContextAc, [id, 0, result, 0], [.. subItems.SelectMany(item => item)]);

    public static byte[] UserInformation(params byte[][] subItems) => Item(ItemType.UserInformation, subItems);

    /// <summary>A body of an A-ASSOCIATE-RQ or -AC with the items given.</summary>
    public static byte[] Associate(params byte[][] items) => AssociateTo("CALLED", "CALLING", items);

    /// <summary>The same with titles given, of any 16 bytes; shorter ones are padded with spaces.</summary>
    public static byte[] AssociateTo(string called, string calling, params byte[][] items) =>
        [0, 1, 0, 0, .. Text(called.PadRight(16)), .. Text(calling.PadRight(16)), .. new byte[32], .. items.SelectMany(item => item)];

    public static AAssociateRq ReadRq(byte[] body) => PduReader.ReadAssociateRq(body, PduLimits.Default);

    public static AAssociateAc ReadAc(byte[] body) => PduReader.ReadAssociateAc(body, PduLimits.Default);

    /// <summary>Reads user information in a request.</summary>
    public static UserInformation ReadUserInformation(params byte[][] subItems) =>
        ReadRq(Associate(ApplicationContext, ContextRq(), UserInformation(subItems))).UserInformation;

    public static byte[] Written(Action<IBufferWriter<byte>> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(output);
        return output.WrittenSpan.ToArray();
    }

    public static PduException AssertInvalid(Action read)
    {
        var exception = Assert.Throws<PduException>(read);
        Assert.Equal(AbortReason.InvalidParameterValue, exception.Reason);
        return exception;
    }
}
