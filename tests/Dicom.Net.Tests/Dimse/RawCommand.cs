using System.Buffers.Binary;
using System.Text;

namespace Dicom.Net.Tests.Dimse;

/// <summary>
/// Command sets built by hand, right and wrong, in Implicit VR Little Endian and without the library's own writer. One does not change: it may
/// be shared.
/// </summary>
internal sealed class RawCommand
{
    private readonly IReadOnlyList<(ushort Number, byte[] Value)> _elements;

    public RawCommand()
        : this([])
    {
    }

    private RawCommand(IReadOnlyList<(ushort Number, byte[] Value)> elements) => _elements = elements;

    /// <summary>Each message with all that PS3.7 says it must have, and no more: every element of it is mandatory.</summary>
    public static IReadOnlyList<RawCommand> Minimal { get; } =
    [
        CStoreRq(),
        new RawCommand().Text(0x0002, "1.2\0").Us(0x0100, 0x0020).Us(0x0110, 1).Us(0x0700, 0).Us(0x0800, 1),
        new RawCommand().Text(0x0002, "1.2\0").Us(0x0100, 0x0010).Us(0x0110, 1).Us(0x0700, 0).Us(0x0800, 1),
        new RawCommand().Text(0x0002, "1.2\0").Us(0x0100, 0x0021).Us(0x0110, 1).Text(0x0600, "DEST").Us(0x0700, 0).Us(0x0800, 1),
        new RawCommand().Text(0x0002, "1.2\0").Us(0x0100, 0x0030).Us(0x0110, 1).Us(0x0800, 0x0101),
        new RawCommand().Us(0x0100, 0x0FFF).Us(0x0120, 1).Us(0x0800, 0x0101),
        new RawCommand().Text(0x0002, "1.2\0").Us(0x0100, 0x0100).Us(0x0110, 1).Us(0x0800, 1).Text(0x1000, "1.3\0").Us(0x1002, 1),
        new RawCommand().Text(0x0003, "1.2\0").Us(0x0100, 0x0110).Us(0x0110, 1).Us(0x0800, 0x0101).Text(0x1001, "1.3\0"),
        new RawCommand().Text(0x0003, "1.2\0").Us(0x0100, 0x0120).Us(0x0110, 1).Us(0x0800, 1).Text(0x1001, "1.3\0"),
        new RawCommand().Text(0x0003, "1.2\0").Us(0x0100, 0x0130).Us(0x0110, 1).Us(0x0800, 1).Text(0x1001, "1.3\0").Us(0x1008, 1),
        new RawCommand().Text(0x0002, "1.2\0").Us(0x0100, 0x0140).Us(0x0110, 1).Us(0x0800, 1),
        new RawCommand().Text(0x0003, "1.2\0").Us(0x0100, 0x0150).Us(0x0110, 1).Us(0x0800, 0x0101).Text(0x1001, "1.3\0"),
        .. new[] { 0x8001, 0x8010, 0x8020, 0x8021, 0x8030, 0x8100, 0x8110, 0x8120, 0x8130, 0x8140, 0x8150, 0xF777 }
            .Select(response => new RawCommand().Us(0x0100, response).Us(0x0120, 1).Us(0x0800, 0x0101).Us(0x0900, 0)),
    ];

    /// <summary>The element numbers that are there.</summary>
    public IEnumerable<ushort> Numbers => _elements.Select(element => element.Number);

    /// <summary>The Command Field (0000,0100).</summary>
    public int Field => BitConverter.ToUInt16(_elements.Single(element => element.Number == 0x0100).Value);

    /// <summary>The minimal message of a Command Field.</summary>
    public static RawCommand Of(int field) => Minimal.Single(raw => raw.Field == field);

    public RawCommand With(ushort number, params byte[] value) => new([.. _elements, (number, value)]);

    public RawCommand Us(ushort number, int value) => With(number, (byte)value, (byte)(value >> 8));

    public RawCommand Text(ushort number, string value) => With(number, Encoding.Latin1.GetBytes(value));

    public RawCommand Without(ushort number)
    {
        var rest = new RawCommand([.. _elements.Where(element => element.Number != number)]);
        Assert.Equal(_elements.Count - 1, rest._elements.Count);
        return rest;
    }

    public RawCommand Reversed() => new([.. Enumerable.Reverse(_elements)]);

    public byte[] Bytes() => [.. _elements.SelectMany(element => Encoded(element.Number, element.Value))];

    /// <summary>A C-STORE-RQ with all that it must have.</summary>
    public static RawCommand CStoreRq() => new RawCommand()
        .Text(0x0002, "1.2.840.10008.5.1.4.1.1.2\0")
        .Us(0x0100, 0x0001)
        .Us(0x0110, 7)
        .Us(0x0700, 0)
        .Us(0x0800, 0x0001)
        .Text(0x1000, "1.2.3\0");

    /// <summary>A C-ECHO-RSP with all that it must have, and no more.</summary>
    public static RawCommand CEchoRsp() => new RawCommand().Us(0x0100, 0x8030).Us(0x0120, 7).Us(0x0800, 0x0101).Us(0x0900, 0);

    private static byte[] Encoded(ushort number, byte[] value)
    {
        var element = new byte[8 + value.Length];
        BinaryPrimitives.WriteUInt16LittleEndian(element.AsSpan(2), number);
        BinaryPrimitives.WriteInt32LittleEndian(element.AsSpan(4), value.Length);
        value.CopyTo(element, 8);
        return element;
    }
}
