using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Dicom.Net.Dimse;
using Dicom.Net.Pdus;

namespace Dicom.Net.Tests.Support;

/// <summary>The PDUs of a peer, as bytes: right ones, and the parts to make wrong ones of.</summary>
internal static class WireBytes
{
    public const byte EchoContext = 1;
    public const byte StoreContext = 3;
    public const string Verification = "1.2.840.10008.1.1";
    public const string CTImageStorage = "1.2.840.10008.5.1.4.1.1.2";
    public const string ImplicitLittleEndian = "1.2.840.10008.1.2";
    public const string ExplicitLittleEndian = "1.2.840.10008.1.2.1";

    // Message control header (PS3.8 §E.2).
    public const byte Data = 0, Command = 1, LastData = 2, LastCommand = 3;

    public static byte[] ReleaseRq { get; } = Pdu((byte)PduType.AReleaseRq, 0, 0, 0, 0);

    public static byte[] ReleaseRp { get; } = Pdu((byte)PduType.AReleaseRp, 0, 0, 0, 0);

    public static byte[] Pdu(byte type, params byte[] body) => [.. Header(type, (uint)body.Length), .. body];

    /// <summary>A header that may lie about what follows.</summary>
    public static byte[] Header(byte type, uint claimedLength)
    {
        byte[] header = [type, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(2), claimedLength);
        return header;
    }

    public static byte[] Abort(byte source = 0, byte reason = 0) => Pdu((byte)PduType.AAbort, 0, 0, source, reason);

    public static byte[] Reject(byte result, byte source, byte reason) => Pdu((byte)PduType.AAssociateRj, 0, result, source, reason);

    /// <summary>A request for verification (context 1) and CT storage (context 3).</summary>
    public static AAssociateRq Request(uint? maximumLength = 16384) => new()
    {
        CalledAETitle = "SCP",
        CallingAETitle = "SCU",
        PresentationContexts =
        [
            new(EchoContext, Verification, [ImplicitLittleEndian]),
            new(StoreContext, CTImageStorage, [ExplicitLittleEndian, ImplicitLittleEndian]),
        ],
        UserInformation = new() { MaximumLength = maximumLength, ImplementationClassUid = "1.2.3" },
    };

    /// <summary>Accepts each context with the first transfer syntax.</summary>
    public static AAssociateAc Answer(AAssociateRq request, uint? maximumLength = 16384) => AAssociateAc.InAnswerTo(request) with
    {
        PresentationContexts =
        [
            .. request.PresentationContexts.Select(context =>
                new PresentationContextAc(context.Id, PresentationContextResult.Acceptance, context.TransferSyntaxes[0])),
        ],
        UserInformation = new() { MaximumLength = maximumLength, ImplementationClassUid = "1.2.4" },
    };

    public static byte[] Of(AAssociateRq pdu) => Written(output => PduWriter.Write(pdu, output));

    public static byte[] Of(AAssociateAc pdu) => Written(output => PduWriter.Write(pdu, output));

    /// <summary>The request, with titles that are as long as they may be and hold what they like (PS3.8 Table 9-11).</summary>
    public static byte[] RequestWithTitles(string called, string calling)
    {
        const int width = 16, calledAt = RawPdu.HeaderSize + 4, callingAt = calledAt + width;
        var request = Of(Request());
        Encoding.Latin1.GetBytes(called.PadRight(width)[..width]).CopyTo(request, calledAt);
        Encoding.Latin1.GetBytes(calling.PadRight(width)[..width]).CopyTo(request, callingAt);
        return request;
    }

    public static byte[] PData(params byte[][] pdvs) => Pdu((byte)PduType.PDataTf, [.. pdvs.SelectMany(pdv => pdv)]);

    public static byte[] Pdv(byte context, byte control, params byte[] fragment)
    {
        byte[] pdv = [0, 0, 0, 0, context, control, .. fragment];
        BinaryPrimitives.WriteInt32BigEndian(pdv, fragment.Length + 2);
        return pdv;
    }

    public static byte[] EchoRq(ushort messageId) =>
        PData(Pdv(EchoContext, LastCommand, Bytes(CommandSet.CEchoRq(messageId, Verification))));

    public static byte[] EchoRsp(ushort messageId) =>
        PData(Pdv(EchoContext, LastCommand, Bytes(CommandSet.CEchoRsp(messageId, Verification, DicomCommandStatusType.Success))));

    /// <summary>The command of a C-STORE; its data set is still to come.</summary>
    public static byte[] StoreRq(ushort messageId, string instance = "1.2.3.4") =>
        PData(Pdv(StoreContext, LastCommand, Bytes(CommandSet.CStoreRq(messageId, CTImageStorage, instance))));

    public static byte[] StoreData(bool isLast, params byte[] fragment) => PData(Pdv(StoreContext, isLast ? LastData : Data, fragment));

    /// <summary>A data set in explicit VR little endian: one element of the length given, an even one.</summary>
    public static byte[] PixelData(int valueLength)
    {
        var bytes = new byte[12 + valueLength];
        // (7FE0,0010) OB, two reserved bytes, 32-bit length (PS3.5 §7.1.2).
        byte[] header = [0xE0, 0x7F, 0x10, 0x00, (byte)'O', (byte)'B', 0, 0];
        header.CopyTo(bytes, 0);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), valueLength);
        new Random(valueLength).NextBytes(bytes.AsSpan(12));
        return bytes;
    }

    public static byte[] Bytes(CommandSet command) => command.Encode().ToArray();

    /// <summary>The command set of a P-DATA-TF that holds one whole.</summary>
    public static CommandSet CommandOf(RawPdu pdu)
    {
        Assert.Equal(PduType.PDataTf, pdu.Type);
        Assert.Equal(LastCommand, pdu.Body[5]);
        return CommandSet.Read(pdu.Body.AsSpan(6), new());
    }

    private static byte[] Written(Action<IBufferWriter<byte>> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(output);
        return output.WrittenSpan.ToArray();
    }
}
