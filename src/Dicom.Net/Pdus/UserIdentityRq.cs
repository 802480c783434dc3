namespace Dicom.Net.Pdus;

/// <summary>Who the user of a requestor is (PS3.7 §D.3.3.7.1). Its text never shows the fields: they are secrets.</summary>
public sealed record UserIdentityRq
{
    private readonly ValueBytes _primaryField;
    private readonly ValueBytes _secondaryField;

    /// <summary>Makes the sub-item; the bytes are copied.</summary>
    /// <param name="type">What the fields hold.</param>
    /// <param name="positiveResponseRequested">Whether the acceptor is asked to say that the identity was good.</param>
    /// <param name="primaryField">The user name, ticket, assertion or token; at most 65,535 bytes.</param>
    /// <param name="secondaryField">The passcode, of <see cref="UserIdentityType.UsernameAndPasscode"/> only.</param>
    public UserIdentityRq(
        UserIdentityType type,
        bool positiveResponseRequested,
        ReadOnlyMemory<byte> primaryField,
        ReadOnlyMemory<byte> secondaryField = default)
    {
        Type = type;
        PositiveResponseRequested = positiveResponseRequested;
        _primaryField = ValueBytes.Of(primaryField);
        _secondaryField = ValueBytes.Of(secondaryField);
    }

    /// <summary>What the fields hold.</summary>
    public UserIdentityType Type { get; }

    /// <summary>Whether the acceptor is asked to say that the identity was good.</summary>
    public bool PositiveResponseRequested { get; }

    /// <summary>The user name, ticket, assertion or token.</summary>
    public ReadOnlyMemory<byte> PrimaryField => _primaryField.Memory;

    /// <summary>The passcode, or nothing.</summary>
    public ReadOnlyMemory<byte> SecondaryField => _secondaryField.Memory;

    /// <summary>The type alone: not even how long a passcode is, is anybody's business.</summary>
    /// <returns>The line.</returns>
    public override string ToString() => $"user identity of type {(byte)Type}";
}
