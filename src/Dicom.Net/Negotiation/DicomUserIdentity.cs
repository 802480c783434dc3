using System.Text;
using Dicom.Net.Pdus;

namespace Dicom.Net;

/// <summary>
/// Who the user of a requestor is (PS3.7 §D.3.3.7). It goes over the wire as it is, so send it over TLS only. Its fields are secrets: no
/// text and no log of this library shows them.
/// </summary>
public sealed class DicomUserIdentity
{
    private readonly UserIdentityRq _item;

    private DicomUserIdentity(UserIdentityRq item) => _item = item;

    /// <summary>What the fields hold; of a received identity it may be a number that the standard does not know.</summary>
    public DicomUserIdentityType Type => (DicomUserIdentityType)_item.Type;

    /// <summary>Whether the acceptor is asked to say that it verified the identity: see <see cref="DicomAssociate.UserIdentityResponse"/>.</summary>
    public bool PositiveResponseRequested => _item.PositiveResponseRequested;

    /// <summary>The user name in UTF-8, the ticket, the assertion, or the token.</summary>
    public ReadOnlyMemory<byte> PrimaryField => _item.PrimaryField;

    /// <summary>The passcode in UTF-8; empty where the type has none.</summary>
    public ReadOnlyMemory<byte> SecondaryField => _item.SecondaryField;

    /// <summary>The user name; null where the identity is of another type. The peer chose it: escape it before it is shown.</summary>
    public string? Username => Type is DicomUserIdentityType.Username or DicomUserIdentityType.UsernameAndPasscode
        ? Encoding.UTF8.GetString(PrimaryField.Span)
        : null;

    /// <summary>The passcode; null where the identity is of another type.</summary>
    public string? Passcode => Type == DicomUserIdentityType.UsernameAndPasscode ? Encoding.UTF8.GetString(SecondaryField.Span) : null;

    /// <summary>An identity of type 1, a name that nothing proves.</summary>
    /// <param name="username">The name; at most 65,535 bytes in UTF-8.</param>
    /// <param name="positiveResponseRequested">Whether the acceptor is to say that it verified it.</param>
    public static DicomUserIdentity FromUsername(string username, bool positiveResponseRequested = false) =>
        Make(UserIdentityType.Username, Utf8(username, nameof(username)), default, positiveResponseRequested);

    /// <summary>An identity of type 2.</summary>
    /// <param name="username">The name; at most 65,535 bytes in UTF-8.</param>
    /// <param name="passcode">The passcode; at most 65,535 bytes in UTF-8.</param>
    /// <param name="positiveResponseRequested">Whether the acceptor is to say that it verified them.</param>
    public static DicomUserIdentity FromUsernameAndPasscode(string username, string passcode, bool positiveResponseRequested = false) => Make(
        UserIdentityType.UsernameAndPasscode, Utf8(username, nameof(username)), Utf8(passcode, nameof(passcode)), positiveResponseRequested);

    /// <summary>An identity of type 3.</summary>
    /// <param name="serviceTicket">The Kerberos service ticket; at most 65,535 bytes. Copied.</param>
    /// <param name="positiveResponseRequested">Whether the acceptor is to answer with its server ticket.</param>
    public static DicomUserIdentity FromKerberos(ReadOnlyMemory<byte> serviceTicket, bool positiveResponseRequested = false) =>
        Make(UserIdentityType.KerberosServiceTicket, serviceTicket, default, positiveResponseRequested);

    /// <summary>An identity of type 4.</summary>
    /// <param name="assertion">The SAML assertion; at most 65,535 bytes. Copied.</param>
    /// <param name="positiveResponseRequested">Whether the acceptor is to say that it verified it.</param>
    public static DicomUserIdentity FromSaml(ReadOnlyMemory<byte> assertion, bool positiveResponseRequested = false) =>
        Make(UserIdentityType.SamlAssertion, assertion, default, positiveResponseRequested);

    /// <summary>An identity of type 5.</summary>
    /// <param name="token">The JSON Web Token; at most 65,535 bytes. Copied.</param>
    /// <param name="positiveResponseRequested">Whether the acceptor is to say that it verified it.</param>
    public static DicomUserIdentity FromJsonWebToken(ReadOnlyMemory<byte> token, bool positiveResponseRequested = false) =>
        Make(UserIdentityType.JsonWebToken, token, default, positiveResponseRequested);

    /// <summary>The type alone.</summary>
    public override string ToString() => _item.ToString();

    internal static DicomUserIdentity From(UserIdentityRq item) => new(item);

    internal UserIdentityRq ToItem() => _item;

    private static DicomUserIdentity Make(
        UserIdentityType type, ReadOnlyMemory<byte> primary, ReadOnlyMemory<byte> secondary, bool positiveResponseRequested)
    {
        RequireRoom(primary, "first");
        RequireRoom(secondary, "second");
        return new(new(type, positiveResponseRequested, primary, secondary));
    }

    private static void RequireRoom(ReadOnlyMemory<byte> field, string which)
    {
        if (field.Length > ushort.MaxValue)
        {
            throw new ArgumentException(
                $"The {which} field of a user identity is {field.Length} bytes long; at most 65,535 fit (PS3.7 Table D.3-14).");
        }
    }

    private static byte[] Utf8(string text, string parameter)
    {
        ArgumentNullException.ThrowIfNull(text, parameter);
        return Encoding.UTF8.GetBytes(text);
    }
}
