using System.Buffers;
using System.Collections.Frozen;
using System.Text;

namespace Dicom.Net.Dimse;

/// <summary>
/// Strings of received UIDs. Those of the standard's registry are shared, so that a message costs no string for its SOP class.
/// </summary>
internal static class UidStrings
{
    // PS3.5 §9.1: no UID is longer.
    private const int LongestUid = 64;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Registered =
        DicomUids.Registered.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The string of a UID's bytes: the shared one of a registered UID, else a new one.</summary>
    public static string Get(ReadOnlySpan<byte> uid)
    {
        Span<char> text = stackalloc char[LongestUid];
        return Ascii.ToUtf16(uid, text, out var length) is OperationStatus.Done && Registered.TryGetValue(text[..length], out var shared)
            ? shared
            : Encoding.Latin1.GetString(uid);
    }
}
