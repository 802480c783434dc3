using System.Buffers;
using System.Text;

namespace Dicom.Net.Pdus;

/// <summary>Text that we send: tested against the standard, for what is wrong here is the caller's mistake.</summary>
internal static class SentText
{
    private const int MaximumUidLength = 64; // PS3.5 §9.1
    private const int AETitleLength = 16; // PS3.8 Table 9-11
    private const int MaximumVersionNameLength = 16; // PS3.7 §D.3.3.2

    private static readonly SearchValues<char> UidCharacters = SearchValues.Create("0123456789.");

    /// <summary>16 bytes, padded with spaces: not empty, no control characters, no backslash (PS3.8 Table 9-11, PS3.5 §6.2 AE).</summary>
    public static byte[] AETitle(string title, string field)
    {
        ArgumentNullException.ThrowIfNull(title, field);
        if (title.AsSpan().Trim(' ').IsEmpty || title.Length > AETitleLength || !IsPrintable(title) || title.Contains('\\'))
        {
            throw new ArgumentException(
                $"{field} '{PeerText.Escape(title)}' must be 1 to 16 printable ASCII characters, not all spaces, without backslash.");
        }
        return Encoding.ASCII.GetBytes(title.PadRight(AETitleLength));
    }

    /// <summary>16 bytes of a reserved copy, whatever the request had there (PS3.8 Table 9-17).</summary>
    public static byte[] CopyOfAETitle(string title, string field)
    {
        ArgumentNullException.ThrowIfNull(title, field);
        if (title.Length > AETitleLength || title.AsSpan().ContainsAnyExceptInRange('\0', '\xFF'))
        {
            throw new ArgumentException($"{field} '{PeerText.Escape(title)}' must fit in 16 bytes.");
        }
        return Encoding.Latin1.GetBytes(title.PadRight(AETitleLength));
    }

    /// <summary>1 to 64 digits and full stops (PS3.5 §9.1), not padded (PS3.8 Annex F).</summary>
    public static string Uid(string uid, string field)
    {
        ArgumentNullException.ThrowIfNull(uid, field);
        if (!IsUid(uid))
        {
            throw new ArgumentException($"{field} '{PeerText.Escape(uid)}' must be a UID: 1 to 64 digits and full stops.");
        }
        return uid;
    }

    /// <summary>Whether a text can be sent as a UID.</summary>
    public static bool IsUid(string? text) => text?.Length is > 0 and <= MaximumUidLength && !text.AsSpan().ContainsAnyExcept(UidCharacters);

    /// <summary>1 to 16 characters (PS3.7 §D.3.3.2).</summary>
    public static byte[] VersionName(string name)
    {
        if (name.Length is 0 or > MaximumVersionNameLength || !IsPrintable(name))
        {
            throw new ArgumentException(
                $"Implementation-version-name '{PeerText.Escape(name)}' must be 1 to 16 printable ASCII characters.");
        }
        return Encoding.ASCII.GetBytes(name);
    }

    private static bool IsPrintable(string text) => !text.AsSpan().ContainsAnyExceptInRange(' ', '~');
}
