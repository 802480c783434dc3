using System.Buffers;

namespace Dicom.Net.DataSets;

/// <summary>Text values: from bytes to strings and back (PS3.5 §6.1, §6.2, §6.4).</summary>
internal static class TextValue
{
    /// <summary>The whole value, padding trimmed; several values are still joined by backslashes.</summary>
    public static string Read(DicomElement element, SpecificCharacterSet characterSet)
    {
        DicomVR vr = element.KnownVR;
        SpecificCharacterSet repertoire = vr.HasCharacterSet() ? characterSet : SpecificCharacterSet.Default;
        ByteRange value = element.Value;
        if (value.TryGetSpan(out ReadOnlySpan<byte> inMemory))
        {
            return Trim(repertoire.Decode(inMemory, vr), vr);
        }

        if (value.Length > Array.MaxLength)
        {
            throw new InvalidOperationException($"A text of {value.Length} bytes is more than one string holds.");
        }

        byte[] rented = ArrayPool<byte>.Shared.Rent((int)value.Length);
        try
        {
            Span<byte> bytes = rented.AsSpan(0, (int)value.Length);
            value.CopyTo(0, bytes);
            return Trim(repertoire.Decode(bytes, vr), vr);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>Splits a text into its values. An empty one has none.</summary>
    public static string[] Split(string text, DicomVR vr)
    {
        if (text.Length == 0)
        {
            return [];
        }

        return vr.IsSingleValued() ? [text] : Array.ConvertAll(text.Split('\\'), value => Trim(value, vr));
    }

    /// <summary>Encodes a text and makes its length even (PS3.5 §6.2).</summary>
    /// <returns>The bytes, or null where the character set lacks a character.</returns>
    public static byte[]? TryWrite(string text, DicomVR vr, SpecificCharacterSet characterSet)
    {
        SpecificCharacterSet repertoire = vr.HasCharacterSet() ? characterSet : SpecificCharacterSet.Default;
        return repertoire.TryEncode(text) is { } bytes ? Pad(bytes, vr) : null;
    }

    /// <summary>Makes the length even (PS3.5 §7.1.1).</summary>
    public static byte[] Pad(ReadOnlySpan<byte> value, DicomVR vr) => (value.Length & 1) == 0 ? value.ToArray() : [.. value, vr.Padding()];

    private static string Trim(string text, DicomVR vr)
    {
        // NUL pads UIDs; some pad other text with it, too.
        string trimmed = text.TrimEnd(' ', '\0');
        return vr.KeepsLeadingSpaces() ? trimmed : trimmed.TrimStart(' ');
    }
}
