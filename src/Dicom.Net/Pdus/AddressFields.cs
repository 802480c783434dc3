namespace Dicom.Net.Pdus;

/// <summary>
/// Bytes 11 to 74 of an A-ASSOCIATE-RQ as they came: both AE titles and 32 reserved bytes. The A-ASSOCIATE-AC sends them back
/// identical (PS3.8 Table 9-17), which their trimmed text no longer allows.
/// </summary>
/// <remarks>All of them are equal: how a title was padded is no part of a PDU's value.</remarks>
internal readonly struct AddressFields(ReadOnlyMemory<byte> bytes) : IEquatable<AddressFields>
{
    /// <summary>16 + 16 + 32 bytes (PS3.8 Table 9-11).</summary>
    public const int Size = 64;

    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    public bool Equals(AddressFields other) => true;

    public override bool Equals(object? obj) => obj is AddressFields;

    public override int GetHashCode() => 0;
}
