namespace Dicom.Net.Pdus;

/// <summary>A sub-item of the user information that this library does not interpret (PS3.8 §D.2).</summary>
public sealed record UserInformationSubItem
{
    private readonly ValueBytes _data;

    /// <summary>Makes the sub-item; the bytes are copied.</summary>
    /// <param name="type">The Item-type.</param>
    /// <param name="data">What follows the Item-length; at most 65,535 bytes.</param>
    public UserInformationSubItem(byte type, ReadOnlyMemory<byte> data)
    {
        Type = type;
        _data = ValueBytes.Of(data);
    }

    /// <summary>The Item-type.</summary>
    public byte Type { get; }

    /// <summary>What follows the Item-length.</summary>
    public ReadOnlyMemory<byte> Data => _data.Memory;
}
