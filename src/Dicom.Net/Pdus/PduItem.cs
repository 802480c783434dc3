namespace Dicom.Net.Pdus;

/// <summary>An item or sub-item: type, a reserved byte, a 16-bit length, body (PS3.8 §9.3.2.1 and its like).</summary>
internal readonly ref struct PduItem(byte type, ReadOnlySpan<byte> body)
{
    public byte Type { get; } = type;

    public ReadOnlySpan<byte> Body { get; } = body;
}
