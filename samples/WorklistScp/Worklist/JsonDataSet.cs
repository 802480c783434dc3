using System.Globalization;
using System.Text.Json;

namespace Dicom.Net.Samples;

/// <summary>
/// Reads a data set from the DICOM JSON model (PS3.18 Annex F): objects by tags of eight hexadecimal digits, each with <c>vr</c> and
/// <c>Value</c> or <c>InlineBinary</c>. Bulk data elsewhere (<c>BulkDataURI</c>) is not fetched.
/// </summary>
internal static class JsonDataSet
{
    /// <summary>Reads a data set; its text is in Unicode.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="FormatException">It is no data set; the message says where.</exception>
    public static DicomDataSet Parse(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
        return Read(document.RootElement);
    }

    private static DicomDataSet Read(JsonElement attributes)
    {
        if (attributes.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("A data set is an object of attributes (PS3.18 §F.2.1).");
        }

        var dataSet = new DicomDataSet();
        dataSet.Set(DicomTag.SpecificCharacterSet, "ISO_IR 192");
        foreach (var attribute in attributes.EnumerateObject())
        {
            var tag = TagOf(attribute);
            try
            {
                if (tag != DicomTag.SpecificCharacterSet)
                {
                    Set(dataSet, tag, attribute.Value);
                }
            }
            catch (Exception error) when (error is ArgumentException or InvalidOperationException)
            {
                throw new FormatException($"{tag}: {error.Message}", error);
            }
        }

        return dataSet;
    }

    private static void Set(DicomDataSet dataSet, DicomTag tag, JsonElement attribute)
    {
        var vr = attribute.TryGetProperty("vr", out var name) && Enum.TryParse<DicomVR>(name.GetString(), out var named)
            ? named
            : DicomDictionary.GetVR(tag);
        if (attribute.TryGetProperty("BulkDataURI", out _))
        {
            throw new FormatException($"{tag}: bulk data is not fetched.");
        }

        if (attribute.TryGetProperty("InlineBinary", out var binary))
        {
            dataSet.SetBytes(tag, vr, binary.GetBytesFromBase64());
            return;
        }

        JsonElement[] values = attribute.TryGetProperty("Value", out var list) ? [.. list.EnumerateArray()] : [];
        if (vr == DicomVR.SQ)
        {
            dataSet.SetItems(tag, values.Select(Read));
        }
        else
        {
            dataSet.SetText(tag, vr, [.. values.Select(value => TextOf(vr, value))]);
        }
    }

    private static DicomTag TagOf(JsonProperty attribute)
    {
        try
        {
            return TryParseTag(attribute.Name, out var number)
                ? new((ushort)(number >> 16), (ushort)number)
                : throw new FormatException($"'{attribute.Name}' is no tag of eight hexadecimal digits.");
        }
        catch (InvalidOperationException error)
        {
            // Half of a surrogate pair is JSON, and no text.
            throw new FormatException($"An attribute's name is no text: {error.Message}", error);
        }
    }

    private static bool TryParseTag(string text, out uint number)
    {
        number = 0;
        return text.Length == 8 && uint.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);
    }

    // PS3.18 Table F.2.3-1: as a string, of the digits that the names of attributes have.
    private static string TagValueOf(string text) => TryParseTag(text, out var number)
        ? number.ToString(CultureInfo.InvariantCulture)
        : throw new FormatException($"'{text}' is no value of VR AT: that is eight hexadecimal digits.");

    private static string TextOf(DicomVR vr, JsonElement value) => (vr, value.ValueKind) switch
    {
        // An empty value among others (PS3.18 §F.2.5).
        (_, JsonValueKind.Null) => "",
        (DicomVR.PN, JsonValueKind.Object) => NameOf(value),
        (DicomVR.AT, JsonValueKind.String) => TagValueOf(value.GetString()!),
        (_, JsonValueKind.String) => value.GetString()!,
        (_, JsonValueKind.Number) => value.GetRawText(),
        _ => throw new FormatException($"A value of VR {vr} is no {value.ValueKind}."),
    };

    // The component groups of PS3.18 §F.2.2, as PS3.5 §6.2.1 puts them together.
    private static string NameOf(JsonElement name)
    {
        string[] groups = ["Alphabetic", "Ideographic", "Phonetic"];
        return string.Join('=', groups.Select(group => name.TryGetProperty(group, out var text) ? text.GetString() : "")).TrimEnd('=');
    }
}
