using System.Buffers;
using System.Collections.Frozen;
using System.Text;

namespace Dicom.Net.Dimse;

/// <summary>
/// Strings of received UIDs. The SOP classes that peers use every day are shared, so that a message costs no string for its class.
/// </summary>
internal static class UidStrings
{
    // PS3.5 §9.1: no UID is longer.
    private const int LongestUid = 64;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> WellKnown =
        WellKnownSopClasses.Uids.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The string of a UID's bytes: the shared one of a well-known UID, else a new one.</summary>
    public static string Get(ReadOnlySpan<byte> uid)
    {
        Span<char> text = stackalloc char[LongestUid];
        return Ascii.ToUtf16(uid, text, out var length) is OperationStatus.Done && WellKnown.TryGetValue(text[..length], out var shared)
            ? shared
            : Encoding.Latin1.GetString(uid);
    }
}
