using System.Diagnostics.CodeAnalysis;
using Dicom.Net.DataSets;

namespace Dicom.Net;

/// <content>
/// Reading values. The value representation is the sender's: who asks for text and finds a sequence is told so, by false from a
/// <c>TryGet…</c> and by <see cref="InvalidOperationException"/> from a <c>Get…</c>.
/// </content>
public sealed partial class DicomDataSet
{
    /// <summary>A text value, decoded by Specific Character Set (0008,0005).</summary>
    /// <param name="tag">The tag.</param>
    /// <returns>
    /// The text without its padding; several values are joined by backslashes, as they are sent. Empty for an element without value,
    /// <see langword="null"/> where there is no such element. A byte that means nothing in the character set becomes U+FFFD.
    /// </returns>
    /// <exception cref="InvalidOperationException">The element's value representation is not one of text.</exception>
    /// <exception cref="DataSetException">The data set is malformed.</exception>
    public string? GetString(DicomTag tag) => Find(tag) is { } element ? ReadText(element) : null;

    /// <summary>A text value, decoded by Specific Character Set (0008,0005).</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="value">The text, as <see cref="GetString"/> has it.</param>
    /// <returns>Whether there is such an element, and it is text.</returns>
    /// <exception cref="DataSetException">The data set is malformed.</exception>
    public bool TryGetString(DicomTag tag, [NotNullWhen(true)] out string? value)
    {
        value = Find(tag) is { } element && element.KnownVR.IsText() ? ReadText(element) : null;
        return value is not null;
    }

    /// <summary>The text values of an element, decoded by Specific Character Set (0008,0005).</summary>
    /// <param name="tag">The tag.</param>
    /// <returns>The values, each without its padding; none where there is no such element, or no value in it.</returns>
    /// <exception cref="InvalidOperationException">The element's value representation is not one of text.</exception>
    /// <exception cref="DataSetException">The data set is malformed.</exception>
    public string[] GetStrings(DicomTag tag) => Find(tag) is { } element ? TextValue.Split(ReadText(element), element.KnownVR) : [];

    /// <summary>A number of 32 bits: of US, SS, UL, SL, UV, SV or IS, and of FL, FD or DS where it is whole.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="index">Which of several values, from 0.</param>
    /// <exception cref="KeyNotFoundException">There is no such element.</exception>
    /// <exception cref="InvalidOperationException">The element's value representation is not one of numbers.</exception>
    /// <exception cref="FormatException">There is no such value, or it does not fit.</exception>
    /// <exception cref="DataSetException">The data set is malformed.</exception>
    public int GetInt32(DicomTag tag, int index = 0) => (int)GetInteger(tag, index, int.MinValue, int.MaxValue);

    /// <summary>A number of 32 bits, as <see cref="GetInt32"/> has it.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="value">The number.</param>
    /// <returns>Whether there is such an element with such a number.</returns>
    /// <exception cref="DataSetException">The data set is malformed.</exception>
    public bool TryGetInt32(DicomTag tag, out int value)
    {
        bool isThere = TryGetInt64(tag, out long number) && number is >= int.MinValue and <= int.MaxValue;
        value = isThere ? (int)number : 0;
        return isThere;
    }

    /// <summary>A number of 64 bits: as <see cref="GetInt32"/>, and of AT, a tag, as 0xGGGGEEEE.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="index">Which of several values, from 0.</param>
    /// <exception cref="KeyNotFoundException">There is no such element.</exception>
    /// <exception cref="InvalidOperationException">The element's value representation is not one of numbers.</exception>
    /// <exception cref="FormatException">There is no such value, or it does not fit.</exception>
    /// <exception cref="DataSetException">The data set is malformed.</exception>
    public long GetInt64(DicomTag tag, int index = 0) => GetInteger(tag, index, long.MinValue, long.MaxValue);

    /// <summary>A number of 64 bits, as <see cref="GetInt64"/> has it.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="value">The number.</param>
    /// <returns>Whether there is such an element with such a number.</returns>
    /// <exception cref="DataSetException">The data set is malformed.</exception>
    public bool TryGetInt64(DicomTag tag, out long value)
    {
        value = 0;
        return Find(tag) is { } element && NumericValue.TryReadInteger(element, 0, out value);
    }

    /// <summary>A number of 16 bits without sign, as <see cref="GetInt32"/> has it.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="index">Which of several values, from 0.</param>
    /// <exception cref="KeyNotFoundException">There is no such element.</exception>
    /// <exception cref="InvalidOperationException">The element's value representation is not one of numbers.</exception>
    /// <exception cref="FormatException">There is no such value, or it does not fit.</exception>
    /// <exception cref="DataSetException">The data set is malformed.</exception>
    public ushort GetUInt16(DicomTag tag, int index = 0) => (ushort)GetInteger(tag, index, ushort.MinValue, ushort.MaxValue);

    /// <summary>A number of 16 bits without sign, as <see cref="GetUInt16"/> has it.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="value">The number.</param>
    /// <returns>Whether there is such an element with such a number.</returns>
    /// <exception cref="DataSetException">The data set is malformed.</exception>
    public bool TryGetUInt16(DicomTag tag, out ushort value)
    {
        bool isThere = TryGetInt64(tag, out long number) && number is >= ushort.MinValue and <= ushort.MaxValue;
        value = isThere ? (ushort)number : (ushort)0;
        return isThere;
    }

    /// <summary>A number: of FL, FD or DS, and of the integers.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="index">Which of several values, from 0.</param>
    /// <exception cref="KeyNotFoundException">There is no such element.</exception>
    /// <exception cref="InvalidOperationException">The element's value representation is not one of numbers.</exception>
    /// <exception cref="FormatException">There is no such value, or it is no number.</exception>
    /// <exception cref="DataSetException">The data set is malformed.</exception>
    public double GetDouble(DicomTag tag, int index = 0) => NumericValue.TryReadDouble(RequireNumeric(tag), index, out double value)
        ? value
        : throw new FormatException($"{DicomDictionary.Describe(tag)} has no number at index {index}.");

    /// <summary>A number, as <see cref="GetDouble"/> has it.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="value">The number.</param>
    /// <returns>Whether there is such an element with such a number.</returns>
    /// <exception cref="DataSetException">The data set is malformed.</exception>
    public bool TryGetDouble(DicomTag tag, out double value)
    {
        value = 0;
        return Find(tag) is { } element && NumericValue.TryReadDouble(element, 0, out value);
    }

    /// <summary>The bytes of a value of any representation.</summary>
    /// <param name="tag">The tag.</param>
    /// <returns>As <see cref="DicomElement.GetBytes"/>; <see langword="null"/> where there is no such element.</returns>
    /// <exception cref="InvalidOperationException">More than an array holds, or a sequence that has been changed.</exception>
    /// <exception cref="DataSetException">The data set is malformed.</exception>
    public byte[]? GetBytes(DicomTag tag) => Find(tag)?.GetBytes();

    /// <summary>The items of a sequence.</summary>
    /// <param name="tag">The tag.</param>
    /// <returns>As <see cref="DicomElement.GetItems"/>; none where there is no such element.</returns>
    /// <exception cref="InvalidOperationException">The element is not a sequence.</exception>
    /// <exception cref="DataSetException">The data set is malformed.</exception>
    public IReadOnlyList<DicomDataSet> GetItems(DicomTag tag) => Find(tag)?.GetItems() ?? [];

    /// <summary>The items of a sequence.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="items">The items.</param>
    /// <returns>Whether there is such an element, and it is a sequence.</returns>
    /// <exception cref="DataSetException">The data set is malformed.</exception>
    public bool TryGetItems(DicomTag tag, [NotNullWhen(true)] out IReadOnlyList<DicomDataSet>? items)
    {
        items = Find(tag) is { IsSequence: true } element ? element.GetItems() : null;
        return items is not null;
    }

    private string ReadText(DicomElement element) => element.KnownVR.IsText()
        ? TextValue.Read(element, CharacterSet)
        : throw new InvalidOperationException($"{DicomDictionary.Describe(element.Tag)} is {element.VR.Letters()}, not text.");

    private long GetInteger(DicomTag tag, int index, long minimum, long maximum)
    {
        bool fits = NumericValue.TryReadInteger(RequireNumeric(tag), index, out long value) && value >= minimum && value <= maximum;
        return fits
            ? value
            : throw new FormatException($"{DicomDictionary.Describe(tag)} has no integer from {minimum} to {maximum} at index {index}.");
    }

    private DicomElement RequireNumeric(DicomTag tag)
    {
        DicomElement element = Find(tag) ?? throw new KeyNotFoundException($"There is no {DicomDictionary.Describe(tag)}.");
        return element.KnownVR.IsNumeric()
            ? element
            : throw new InvalidOperationException($"{DicomDictionary.Describe(tag)} is {element.VR.Letters()}, not a number.");
    }
}
