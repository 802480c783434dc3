using System.Globalization;
using System.Text;

namespace Dicom.Net.DataSets;

/// <summary>The registry as it lies in the assembly: the text itself for keywords, and a sorted index into it.</summary>
internal sealed class DictionaryTable
{
    private readonly byte[] _text;
    private readonly uint[] _tags;
    private readonly DictionaryEntry[] _entries;
    private readonly DictionaryEntry[] _repeating;

    private DictionaryTable(byte[] text, List<DictionaryEntry> entries)
    {
        _text = text;
        _entries = [.. entries.Where(entry => entry.Mask == uint.MaxValue).OrderBy(entry => entry.Tag)];
        _tags = [.. _entries.Select(entry => entry.Tag)];
        _repeating = [.. entries.Where(entry => entry.Mask != uint.MaxValue)];
    }

    public static DictionaryTable Load()
    {
        byte[] text = EmbeddedText.Read("DicomDictionary.txt");
        List<DictionaryEntry> entries = new(capacity: 5500);
        foreach (Range line in text.AsSpan().Split((byte)'\n'))
        {
            (int start, int length) = line.GetOffsetAndLength(text.Length);
            if (length > 0 && text[start] != '#')
            {
                entries.Add(ParseLine(text, start, length));
            }
        }

        return new DictionaryTable(text, entries);
    }

    public bool TryFind(DicomTag tag, out DictionaryEntry entry)
    {
        uint value = tag.ToUInt32();
        int index = Array.BinarySearch(_tags, value);
        if (index >= 0)
        {
            entry = _entries[index];
            return true;
        }

        foreach (DictionaryEntry candidate in _repeating)
        {
            if ((value & candidate.Mask) == candidate.Tag)
            {
                entry = candidate;
                return true;
            }
        }

        entry = default;
        return false;
    }

    public string Keyword(in DictionaryEntry entry) => Encoding.ASCII.GetString(_text, entry.KeywordOffset, entry.KeywordLength);

    public IEnumerable<(string Keyword, DicomTag Tag)> Tags() =>
        _entries.Concat(_repeating).Select(entry => (Keyword(entry), DicomTag.FromUInt32(entry.Tag)));

    // "60xx0022 LO OverlayDescription": eight digits, one or more VRs with bars between them, the keyword.
    private static DictionaryEntry ParseLine(byte[] text, int start, int length)
    {
        ReadOnlySpan<byte> line = text.AsSpan(start, length);
        Span<byte> digits = stackalloc byte[8];
        uint mask = 0;
        for (int i = 0; i < 8; i++)
        {
            bool isDigit = line[i] != 'x';
            digits[i] = isDigit ? line[i] : (byte)'0';
            mask = (mask << 4) | (isDigit ? 0xFu : 0u);
        }

        uint tag = uint.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        ReadOnlySpan<byte> rest = line[9..];
        int space = rest.IndexOf((byte)' ');
        return new DictionaryEntry(
            tag, mask, VRTraits.Read(rest), rest[..space].SequenceEqual("US|SS"u8), start + 9 + space + 1, length - 9 - space - 1);
    }
}
