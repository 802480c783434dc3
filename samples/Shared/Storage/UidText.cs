using System.Text.RegularExpressions;

namespace Dicom.Net.Samples;

/// <summary>What a peer says is a UID, before a file bears its name.</summary>
internal static partial class UidText
{
    /// <summary>Digits and single dots, 1 to 64 characters (PS3.5 §9.1): nothing that a file system could mistake for a path.</summary>
    public static bool IsUid(string text) => text.Length <= 64 && Uid().IsMatch(text);

    [GeneratedRegex(@"^[0-9]+(\.[0-9]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Uid();
}
