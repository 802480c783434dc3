namespace Dicom.Net.Dimse;

/// <summary>
/// A UID of a command set: its text and, where the peer padded it in his own manner, his bytes, so that a response returns them
/// unchanged. Peers are known that compare the bytes.
/// </summary>
/// <param name="Text">The UID without padding; null or empty where the element is absent.</param>
/// <param name="AsSent">The peer's bytes where they differ from what we would write, else null.</param>
internal readonly record struct CommandUid(string? Text, byte[]? AsSent = null)
{
    /// <summary>Whether there is a UID.</summary>
    public bool IsPresent => !string.IsNullOrEmpty(Text);

    /// <summary>The number of bytes of the value, padding included.</summary>
    public int EncodedLength => AsSent?.Length ?? ((Text?.Length ?? 0) + 1 & ~1);

    /// <summary>Takes a UID from a received value. Trailing NULs and spaces are padding.</summary>
    public static CommandUid Read(ReadOnlySpan<byte> value)
    {
        var text = value.TrimEnd("\0 "u8);
        return text.IsEmpty ? default : new(UidStrings.Get(text), IsPaddedAsByUs(value, text.Length) ? null : value.ToArray());
    }

    // PS3.5 §9.1: one trailing NUL where the length would be odd.
    private static bool IsPaddedAsByUs(ReadOnlySpan<byte> value, int textLength) =>
        value.Length == (textLength + 1 & ~1) && (value.Length == textLength || value[^1] == 0);
}
