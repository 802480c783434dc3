using System.Buffers.Binary;

namespace Dicom.Net.Diagnostics;

/// <summary>What stands before the IP packet, by the number of the link's type (tcpdump.org, "Link-layer header types").</summary>
internal static class LinkLayer
{
    private const ushort IPv4 = 0x0800;
    private const ushort IPv6 = 0x86DD;
    private const ushort VlanTag = 0x8100;

    /// <returns>The IP packet; empty where there is none, or the type of link is not known.</returns>
    public static ReadOnlySpan<byte> Strip(ushort linkType, ReadOnlySpan<byte> frame) => linkType switch
    {
        101 => frame, // LINKTYPE_RAW
        1 => StripEthernet(frame), // LINKTYPE_ETHERNET
        113 => StripTyped(frame, 14, 16), // LINKTYPE_LINUX_SLL
        276 => StripTyped(frame, 0, 20), // LINKTYPE_LINUX_SLL2
        0 => frame.Length > 4 ? frame[4..] : [], // LINKTYPE_NULL: loopback
        _ => [],
    };

    private static ReadOnlySpan<byte> StripEthernet(ReadOnlySpan<byte> frame) =>
        frame.Length >= 18 && BinaryPrimitives.ReadUInt16BigEndian(frame[12..]) == VlanTag
            ? StripTyped(frame, 16, 18)
            : StripTyped(frame, 12, 14);

    private static ReadOnlySpan<byte> StripTyped(ReadOnlySpan<byte> frame, int typeAt, int length) =>
        frame.Length > length && BinaryPrimitives.ReadUInt16BigEndian(frame[typeAt..]) is IPv4 or IPv6 ? frame[length..] : [];
}
