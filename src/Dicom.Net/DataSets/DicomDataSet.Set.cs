using System.Globalization;
using Dicom.Net.DataSets;

namespace Dicom.Net;

/// <content>Changing a data set. The value representation is the dictionary's, unless it is named.</content>
public sealed partial class DicomDataSet
{
    /// <summary>Sets a text value, or a number that is given in digits.</summary>
    /// <param name="tag">A tag that the dictionary knows; for another, use <see cref="SetText"/>.</param>
    /// <param name="value">
    /// The text; a backslash separates values where the representation can have several. Empty: an element without value, of any
    /// representation, as queries have them.
    /// </param>
    /// <remarks>
    /// Text is encoded in the Specific Character Set (0008,0005) that the data set has at this moment; set that first, to
    /// <c>ISO_IR 192</c> for Unicode. Escape sequences are read, but not written.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The dictionary does not know the tag, its values are not text nor numbers, or the character set lacks a character.
    /// </exception>
    public void Set(DicomTag tag, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        SetText(tag, RequireKnown(tag), value);
    }

    /// <summary>Sets text values, or numbers that are given in digits.</summary>
    /// <param name="tag">A tag that the dictionary knows; for another, use <see cref="SetText"/>.</param>
    /// <param name="values">The values; none for an element without value.</param>
    /// <exception cref="ArgumentException">
    /// As <see cref="Set(DicomTag, string)"/>; or the representation can have one value only, or a value contains a backslash.
    /// </exception>
    public void Set(DicomTag tag, params string[] values) => SetText(tag, RequireKnown(tag), values);

    /// <summary>Sets text values of a value representation that the caller names: what private elements need.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="vr">The value representation: one of text or of numbers.</param>
    /// <param name="values">The values; none for an element without value.</param>
    /// <exception cref="ArgumentException">As <see cref="Set(DicomTag, string[])"/>.</exception>
    public void SetText(DicomTag tag, DicomVR vr, params string[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        bool isAmbiguous = values.Length > 1
            && (vr.IsSingleValued() || values.Any(value => value.Contains('\\', StringComparison.Ordinal)));
        if (isAmbiguous)
        {
            throw new ArgumentException($"{Describe(tag, vr)} cannot have these values: a backslash separates them.", nameof(values));
        }

        string text = string.Join('\\', values);
        if (text.Length == 0)
        {
            Change(tag, new DicomElement(this, tag, vr, ReadOnlyMemory<byte>.Empty));
        }
        else if (vr.IsBinaryNumber())
        {
            Change(tag, new DicomElement(this, tag, vr, ParseNumbers(tag, vr, text.Split('\\'))));
        }
        else
        {
            Change(tag, new DicomElement(this, tag, vr, EncodeText(tag, vr, text)));
        }
    }

    /// <summary>Sets a whole number.</summary>
    /// <param name="tag">A tag that the dictionary knows.</param>
    /// <param name="value">The number; of an AT, a tag as 0xGGGGEEEE.</param>
    /// <exception cref="ArgumentException">The dictionary does not know the tag, or its representation has no such number.</exception>
    public void Set(DicomTag tag, long value)
    {
        DicomVR vr = RequireKnown(tag);
        SetNumber(tag, vr, NumericValue.TryWrite(value, vr));
    }

    /// <summary>Sets a number.</summary>
    /// <param name="tag">A tag that the dictionary knows, of FL, FD or DS. DS keeps 16 characters of the number.</param>
    /// <param name="value">The number.</param>
    /// <exception cref="ArgumentException">The dictionary does not know the tag, or its representation has no such number.</exception>
    public void Set(DicomTag tag, double value)
    {
        DicomVR vr = RequireKnown(tag);
        SetNumber(tag, vr, NumericValue.TryWrite(value, vr));
    }

    /// <summary>Sets a value of any representation but SQ.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="vr">The value representation.</param>
    /// <param name="value">
    /// The bytes, in the byte order of <see cref="TransferSyntax"/>; an odd length is padded. In an encapsulated transfer syntax, Pixel
    /// Data that begins with an item is taken to be the offset table and the fragments, without delimitation (PS3.5 Annex A.4).
    /// </param>
    /// <exception cref="ArgumentException">The tag is no data element's, or the representation is SQ or none.</exception>
    public void SetBytes(DicomTag tag, DicomVR vr, ReadOnlySpan<byte> value)
    {
        if (vr == DicomVR.SQ || !vr.IsPlausible())
        {
            throw new ArgumentException($"{vr} has no bytes of its own: {nameof(SetItems)} sets a sequence.", nameof(vr));
        }

        Change(tag, new DicomElement(this, tag, vr, TextValue.Pad(value, vr)));
    }

    /// <summary>Sets a sequence.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="items">
    /// The items. They become part of this data set: later changes of them are changes of it, and they must not be disposed of before it.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The dictionary has another representation than SQ for the tag, or an item contains this data set.
    /// </exception>
    public void SetItems(DicomTag tag, params IEnumerable<DicomDataSet> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        List<DicomDataSet> list = [.. items];
        if (DicomDictionary.GetVR(tag) is not (DicomVR.SQ or DicomVR.UN))
        {
            throw new ArgumentException($"{DicomDictionary.Describe(tag)} is not a sequence.", nameof(tag));
        }

        for (DicomDataSet? outer = this; outer is not null; outer = outer.Parent)
        {
            if (list.Contains(outer))
            {
                throw new ArgumentException("A data set cannot be an item within itself.", nameof(items));
            }
        }

        Change(tag, new DicomElement(this, tag, list));
        foreach (DicomDataSet item in list)
        {
            item.Parent ??= this;
        }
    }

    /// <summary>Removes an element.</summary>
    /// <param name="tag">The tag.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="DataSetException">The data set is malformed.</exception>
    public bool Remove(DicomTag tag)
    {
        bool wasThere = Covering(tag).Remove(tag);
        if (wasThere)
        {
            MarkChanged(tag);
        }

        return wasThere;
    }

    /// <summary>Removes all elements.</summary>
    public void Clear()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        _elements = new ElementList();
        _characterSet = null;
        _isModified = true;
    }

    private static DicomVR RequireKnown(DicomTag tag) => DicomDictionary.GetVR(tag) is var vr && vr != DicomVR.UN
        ? vr
        : throw new ArgumentException($"The dictionary has no {tag}: {nameof(SetText)} or {nameof(SetBytes)} can set it.", nameof(tag));

    private static string Describe(DicomTag tag, DicomVR vr) => $"{DicomDictionary.Describe(tag)} ({vr.Letters()})";

    private void SetNumber(DicomTag tag, DicomVR vr, byte[]? value)
    {
        byte[] bytes = value ?? throw new ArgumentException($"{Describe(tag, vr)} has no such number.", nameof(value));
        Change(tag, new DicomElement(this, tag, vr, InByteOrder(bytes, vr)));
    }

    private byte[] EncodeText(DicomTag tag, DicomVR vr, string text)
    {
        if (!vr.IsText())
        {
            throw new ArgumentException($"{Describe(tag, vr)} has no text: {nameof(SetBytes)} or {nameof(SetItems)} sets it.");
        }

        return TextValue.TryWrite(text, vr, CharacterSet) ?? throw new ArgumentException(
            $"{Describe(tag, vr)} has a character that Specific Character Set (0008,0005) lacks: set that to ISO_IR 192 (Unicode) first.",
            nameof(text));
    }

    private byte[] ParseNumbers(DicomTag tag, DicomVR vr, string[] values)
    {
        List<byte> bytes = [];
        foreach (string value in values)
        {
            byte[]? number = null;
            if (long.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out long integer))
            {
                number = NumericValue.TryWrite(integer, vr);
            }
            else if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double real))
            {
                number = NumericValue.TryWrite(real, vr);
            }

            bytes.AddRange(number ?? throw new ArgumentException($"{Describe(tag, vr)} has no number '{value}'.", nameof(values)));
        }

        return InByteOrder([.. bytes], vr);
    }

    private byte[] InByteOrder(byte[] littleEndian, DicomVR vr)
    {
        if (Syntax.IsBigEndian)
        {
            ByteOrder.Reverse(littleEndian, vr.WordSize());
        }

        return littleEndian;
    }

    private void Change(DicomTag tag, DicomElement element)
    {
        if (tag.Group == 0xFFFE)
        {
            throw new ArgumentException($"{tag} is no data element (PS3.5 §7.5).", nameof(tag));
        }

        Covering(tag).Set(element);
        MarkChanged(tag);
    }

    private void MarkChanged(DicomTag tag)
    {
        _isModified = true;
        if (tag == DicomTag.SpecificCharacterSet)
        {
            _characterSet = null;
        }

        // A group length that is wrong is worse than none; those of groups 0000 and 0002 are required, and computed when they are written.
        if (!tag.IsGroupLength && tag.Group is not (0x0000 or 0x0002))
        {
            Covering(tag.GroupLength).Remove(tag.GroupLength);
        }
    }
}
