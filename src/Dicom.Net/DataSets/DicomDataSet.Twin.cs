using System.Globalization;

namespace Dicom.Net;

/// <content>What programs written for LEADTOOLS' .NET data set call most, under the names that it has there.</content>
public sealed partial class DicomDataSet
{
    /// <summary>Opens a DICOM file in place of what this data set was: as <see cref="Load(string)"/>.</summary>
    /// <param name="name">The file.</param>
    /// <param name="flags">Not looked at: what is in the file is always read when it is asked for.</param>
    /// <exception cref="DataSetException">It is no DICOM file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="ObjectDisposedException">The data set has been disposed of.</exception>
    public void Load(string name, DicomDataSetLoadFlags flags)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        _ = flags;
        DicomDataSet loaded = Load(name);
        _encoded?.Dispose();
        (_encoded, _meta, Syntax) = (loaded._encoded, loaded._meta, loaded.Syntax);
        (_itemContent, _inflated, _elements, _characterSet, _isModified) = (null, null, null, null, false);
    }

    /// <summary>Saves a DICOM file, replacing one of this name: as <see cref="Save(string, bool, bool)"/> with overwrite.</summary>
    /// <param name="name">The file. Never make it of what a peer sent without checking that.</param>
    /// <param name="flags">Not looked at: there is one way to save.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    /// <exception cref="InvalidOperationException">SOP Class UID or SOP Instance UID is missing, which a file must have.</exception>
    public void Save(string name, DicomDataSetSaveFlags flags)
    {
        _ = flags;
        Save(name, overwrite: true);
    }

    /// <summary>The first value of an element.</summary>
    /// <typeparam name="T">String, or a number: an integer or real type of .NET.</typeparam>
    /// <param name="tag">The tag.</param>
    /// <param name="defaultValue">What to return when the element is missing, empty, or has no such value.</param>
    /// <returns>The value, or the default one.</returns>
    /// <exception cref="NotSupportedException">No element has values of that type.</exception>
    /// <exception cref="DataSetException">The data set is malformed.</exception>
    public T? GetValue<T>(DicomTag tag, T? defaultValue)
    {
        if (Find(tag) is not { Length: > 0 })
        {
            return defaultValue;
        }

        return Type.GetTypeCode(typeof(T)) switch
        {
            TypeCode.String => GetStrings(tag) is [var text, ..] ? (T)(object)text : defaultValue,
            TypeCode.Single or TypeCode.Double or TypeCode.Decimal => TryGetDouble(tag, out double real) ? Cast<T>(real, defaultValue) : defaultValue,
            >= TypeCode.SByte and <= TypeCode.UInt64 => TryGetInt64(tag, out long integer) ? Cast<T>(integer, defaultValue) : defaultValue,
            _ => throw new NotSupportedException($"An element has text or numbers, and no {typeof(T).Name}."),
        };
    }

    /// <summary>Sets an element; it is made if there is none.</summary>
    /// <param name="tag">A tag of the dictionary.</param>
    /// <param name="value">Text, a number, a date or time, several of them in an array, or null for an element without a value.</param>
    /// <exception cref="ArgumentException">The dictionary lacks the tag, or the element cannot hold the value.</exception>
    public void InsertElementAndSetValue(DicomTag tag, object? value)
    {
        switch (value)
        {
            case null:
                Set(tag, "");
                break;
            case string text:
                Set(tag, text);
                break;
            case byte[] bytes:
                SetBytes(tag, RequireKnown(tag), bytes);
                break;
            case System.Collections.IEnumerable several:
                Set(tag, [.. several.Cast<object?>().Select(one => TextOf(tag, one))]);
                break;
            default:
                Set(tag, TextOf(tag, value));
                break;
        }
    }

    private static T? Cast<T>(IConvertible number, T? defaultValue)
    {
        try
        {
            return (T)number.ToType(typeof(T), CultureInfo.InvariantCulture);
        }
        catch (OverflowException)
        {
            return defaultValue;
        }
    }

    // PS3.5 §6.2: DA is YYYYMMDD, TM is HHMMSS.FFFFFF, DT both in one.
    private static string TextOf(DicomTag tag, object? value) => (value, DicomDictionary.GetVR(tag)) switch
    {
        (DateTime date, DicomVR.DA) => date.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
        (DateTime time, DicomVR.TM) => time.ToString("HHmmss.ffffff", CultureInfo.InvariantCulture),
        (DateTime both, _) => both.ToString("yyyyMMddHHmmss.ffffff", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
