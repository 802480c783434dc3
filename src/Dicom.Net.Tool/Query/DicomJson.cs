using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Dicom.Net.Tool.Query;

/// <summary>A data set in the DICOM JSON Model (PS3.18 Annex F).</summary>
internal static class DicomJson
{
    private static readonly string[] NameGroups = ["Alphabetic", "Ideographic", "Phonetic"];

    /// <summary>PS3.18 §F.2.2: the tags are the names, eight hexadecimal digits.</summary>
    public static JsonObject Of(DicomDataSet dataSet)
    {
        var json = new JsonObject();
        foreach (var element in dataSet)
        {
            // PS3.18 §F.2.2: group lengths are left out.
            if (element.Tag.Element != 0)
            {
                json[$"{element.Tag.ToUInt32():X8}"] = Attribute(dataSet, element);
            }
        }

        return json;
    }

    /// <summary>PS3.18 §F.2.3, §F.2.5: no Value where there is none.</summary>
    private static JsonObject Attribute(DicomDataSet dataSet, DicomElement element)
    {
        if (dataSet.TryGetItems(element.Tag, out var items))
        {
            return Attribute(DicomVR.SQ, items.Select(Of));
        }

        var vr = element.VR == DicomVR.UN ? DicomDictionary.GetVR(element.Tag) : element.VR;
        if (dataSet.TryGetString(element.Tag, out _))
        {
            return Attribute(vr, TextsOf(dataSet, element.Tag, vr));
        }

        return SizeOf(vr) is > 0 and var size
            ? Attribute(vr, NumbersOf(dataSet, element, vr, (int)(element.Length / size)))
            : Binary(vr, element);
    }

    private static JsonObject Attribute(DicomVR vr, IEnumerable<JsonNode?> values)
    {
        var json = new JsonObject { ["vr"] = vr.ToString() };
        JsonNode?[] all = [.. values];
        if (all.Length > 0)
        {
            json["Value"] = new JsonArray(all);
        }

        return json;
    }

    /// <summary>PS3.18 §F.2.7.</summary>
    private static JsonObject Binary(DicomVR vr, DicomElement element)
    {
        var json = new JsonObject { ["vr"] = (vr == DicomVR.None ? DicomVR.UN : vr).ToString() };
        if (element.Length > 0)
        {
            json["InlineBinary"] = Convert.ToBase64String(element.GetBytes());
        }

        return json;
    }

    private static IEnumerable<JsonNode?> TextsOf(DicomDataSet dataSet, DicomTag tag, DicomVR vr) =>
        dataSet.GetStrings(tag) is [] or [""] ? [] : dataSet.GetStrings(tag).Select(text => Value(text, vr));

    /// <summary>PS3.18 §F.2.5: an empty value among others is null.</summary>
    private static JsonNode? Value(string text, DicomVR vr) => vr switch
    {
        _ when text.Length == 0 => null,
        DicomVR.PN => Name(text),
        DicomVR.DS or DicomVR.IS when decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => text,
    };

    /// <summary>PS3.18 §F.2.2: the groups of a person's name have names of their own.</summary>
    private static JsonObject Name(string text)
    {
        var json = new JsonObject();
        foreach (var (group, value) in NameGroups.Zip(text.Split('=')))
        {
            if (value.Length > 0)
            {
                json[group] = value;
            }
        }

        return json;
    }

    private static IEnumerable<JsonNode?> NumbersOf(DicomDataSet dataSet, DicomElement element, DicomVR vr, int count)
    {
        // A tag is no number here, and half of UV is beyond Int64: their bytes are looked at.
        var bytes = vr is DicomVR.AT or DicomVR.UV ? element.GetBytes() : [];
        var isBigEndian = DicomTransferSyntax.Of(dataSet.TransferSyntax).IsBigEndian;
        return Enumerable.Range(0, count).Select(index => vr switch
        {
            DicomVR.FL or DicomVR.FD => Real(dataSet.GetDouble(element.Tag, index)),
            DicomVR.AT => Tag(bytes.AsSpan(4 * index), isBigEndian),
            DicomVR.UV => Unsigned(bytes.AsSpan(8 * index), isBigEndian),
            _ => dataSet.GetInt64(element.Tag, index),
        });
    }

    // JSON has no infinities; PS3.18 §F.2.3.1 allows numbers as text.
    private static JsonNode Real(double number) => double.IsFinite(number) ? number : number.ToString(CultureInfo.InvariantCulture);

    /// <summary>PS3.18 Table F.2.3-1: eight hexadecimal digits.</summary>
    private static JsonNode Tag(ReadOnlySpan<byte> bytes, bool isBigEndian) => isBigEndian
        ? $"{BinaryPrimitives.ReadUInt16BigEndian(bytes):X4}{BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]):X4}"
        : $"{BinaryPrimitives.ReadUInt16LittleEndian(bytes):X4}{BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]):X4}";

    private static JsonNode Unsigned(ReadOnlySpan<byte> bytes, bool isBigEndian) =>
        isBigEndian ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : BinaryPrimitives.ReadUInt64LittleEndian(bytes);

    /// <summary>The bytes of one value, where the VR has a fixed length in binary; 0 where not.</summary>
    private static int SizeOf(DicomVR vr) => vr switch
    {
        DicomVR.US or DicomVR.SS => 2,
        DicomVR.UL or DicomVR.SL or DicomVR.FL or DicomVR.AT => 4,
        DicomVR.FD or DicomVR.SV or DicomVR.UV => 8,
        _ => 0,
    };
}
