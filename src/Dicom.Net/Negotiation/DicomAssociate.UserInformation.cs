using Dicom.Net.Pdus;

namespace Dicom.Net;

/// <summary>Who the user is (PS3.7 §D.3.3.7), and sub-items that this library does not know (PS3.8 §D.2).</summary>
public sealed partial class DicomAssociate
{
    /// <summary>
    /// Who the user is; of a request only. Of a received one, check it before the answer, and reject where it does not hold: whether it is
    /// a known <see cref="DicomUserIdentity.Type"/> too. Null: nobody says.
    /// </summary>
    public DicomUserIdentity? UserIdentity
    {
        get => _information.UserIdentity is { } item ? DicomUserIdentity.From(item) : null;
        set => _information = _information with { UserIdentity = value?.ToItem() };
    }

    /// <summary>
    /// The acceptor's word that it verified the identity, of an answer only: empty for names, assertions and tokens, the server ticket for
    /// Kerberos. Null where it did not verify it, or a positive response was not requested.
    /// </summary>
    /// <exception cref="ArgumentException">It is longer than 65,533 bytes, which is what fits.</exception>
    public byte[]? UserIdentityResponse
    {
        get => _information.UserIdentityResponse?.ServerResponse.ToArray();
        set
        {
            RequireRoom(value, sizeof(ushort), nameof(value));
            _information = _information with { UserIdentityResponse = value is null ? null : new(value) };
        }
    }

    /// <summary>The number of user information sub-items that this library does not know.</summary>
    public int UserInformationCount => _information.OtherItems.Count;

    /// <summary>The item type of an unknown sub-item.</summary>
    /// <param name="index">0 to <see cref="UserInformationCount"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public byte GetUserInformationType(int index) => OtherItem(index).Type;

    /// <summary>The length of what <see cref="GetUserInformationData"/> returns.</summary>
    /// <param name="index">0 to <see cref="UserInformationCount"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public int GetUserInformationDataLength(int index) => OtherItem(index).Data.Length;

    /// <summary>The bytes of an unknown sub-item, without its type and length.</summary>
    /// <param name="index">0 to <see cref="UserInformationCount"/> − 1.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public byte[] GetUserInformationData(int index) => OtherItem(index).Data.ToArray();

    /// <summary>Adds a sub-item of the application's own. The peer ignores it if it does not know it (PS3.8 §D.2).</summary>
    /// <param name="type">The item type: none of 51H to 59H, for which there are other members.</param>
    /// <param name="data">The bytes, copied: at most 65,535, and all items together no more.</param>
    /// <exception cref="ArgumentException">The type is one that this library knows, or the bytes are too many.</exception>
    public void AddUserInformation(byte type, byte[] data)
    {
        var item = MakeOtherItem(type, data);
        _information = _information with { OtherItems = [.. _information.OtherItems, item] };
    }

    /// <summary>Puts a sub-item in the place of another.</summary>
    /// <param name="index">0 to <see cref="UserInformationCount"/> − 1.</param>
    /// <param name="type">The item type: none of 51H to 59H.</param>
    /// <param name="data">The bytes, copied.</param>
    /// <exception cref="ArgumentException">There is no such place, or as for <see cref="AddUserInformation"/>.</exception>
    public void SetUserInformation(int index, byte type, byte[] data)
    {
        OtherItem(index);
        var item = MakeOtherItem(type, data);
        var items = _information.OtherItems;
        _information = _information with { OtherItems = [.. items.Take(index), item, .. items.Skip(index + 1)] };
    }

    /// <summary>Takes a sub-item away.</summary>
    /// <param name="index">0 to <see cref="UserInformationCount"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public void DeleteUserInformation(int index)
    {
        OtherItem(index);
        var items = _information.OtherItems;
        _information = _information with { OtherItems = [.. items.Take(index), .. items.Skip(index + 1)] };
    }

    private static UserInformationSubItem MakeOtherItem(byte type, byte[] data)
    {
        ArgumentNullException.ThrowIfNull(data);
        RequireRoom(data, 0, nameof(data));
        return type is < ItemType.MaximumLength or > ItemType.UserIdentityAc
            ? new(type, data)
            : throw new ArgumentException($"Item type {type:X2}H is the standard's: use the member that is meant for it.", nameof(type));
    }

    private UserInformationSubItem OtherItem(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, UserInformationCount);
        return _information.OtherItems[index];
    }
}
