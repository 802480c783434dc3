using System.Globalization;

namespace Dicom.Net.Samples;

/// <summary>The identifier of a query: what of a data set is a key, and what it says.</summary>
internal static class Identifier
{
    // Arbitrary: no value of a key is that long, but for lists of UIDs.
    private const int MaximumKeyLength = 1024;

    /// <summary>The value of an element as text, whatever its VR; empty where there is none.</summary>
    public static string TextOf(DicomDataSet dataSet, DicomTag tag)
    {
        if (dataSet.TryGetString(tag, out var text))
        {
            return text;
        }

        if (dataSet.TryGetInt64(tag, out var integer))
        {
            return integer.ToString(CultureInfo.InvariantCulture);
        }

        return dataSet.TryGetDouble(tag, out var number) ? number.ToString(CultureInfo.InvariantCulture) : "";
    }

    /// <summary>The VR that a key is matched by: the dictionary's, or that of a private element as it was sent.</summary>
    public static DicomVR VROf(DicomElement element) =>
        DicomDictionary.GetVR(element.Tag) is var vr && vr != DicomVR.UN ? vr : element.VR;

    /// <summary>Whether an element is a key: neither a group length nor about the identifier itself (PS3.4 §C.4.1.1.3.1).</summary>
    public static bool IsKey(DicomTag tag) =>
        tag.Element != 0
        && tag != DicomTag.SpecificCharacterSet
        && tag != DicomTag.QueryRetrieveLevel
        && tag != TimezoneOffsetFromUtc;

    /// <summary>The value of a key.</summary>
    /// <exception cref="FormatException">It is longer than any, or of no form that its VR has.</exception>
    public static string KeyOf(DicomDataSet identifier, DicomElement element)
    {
        var vr = VROf(element);
        var key = TextOf(identifier, element.Tag);
        if (vr != DicomVR.UI && key.Length > MaximumKeyLength)
        {
            throw new FormatException($"the key {element.Tag} has {key.Length} characters");
        }

        KeyMatching.Validate(vr, key);
        return key;
    }

    private static DicomTag TimezoneOffsetFromUtc => new(0x0008, 0x0201);
}
