namespace Dicom.Net.Samples;

/// <summary>Copies of data sets: in memory, and independent of the file or the message that the elements came in.</summary>
internal static class DataSetCopy
{
    private const string Unicode = "ISO_IR 192";

    /// <summary>Copies a data set bit for bit.</summary>
    public static DicomDataSet Of(DicomDataSet source)
    {
        var copy = new DicomDataSet(source.TransferSyntax);
        foreach (var element in source)
        {
            CopyTo(copy, source, element);
        }

        return copy;
    }

    /// <summary>Copies an element bit for bit. What text means there, Specific Character Set (0008,0005) of the copy must say.</summary>
    public static void CopyTo(DicomDataSet copy, DicomDataSet source, DicomElement element)
    {
        if (source.TryGetItems(element.Tag, out var items))
        {
            copy.SetItems(element.Tag, items.Select(Of));
        }
        else
        {
            copy.SetBytes(element.Tag, element.VR, element.GetBytes());
        }
    }

    /// <summary>Copies a data set with its text in Unicode: so that text from elsewhere may be added.</summary>
    public static DicomDataSet InUnicode(DicomDataSet source)
    {
        var copy = new DicomDataSet(source.TransferSyntax);
        copy.Set(DicomTag.SpecificCharacterSet, Unicode);
        MergeInUnicode(copy, source);
        return copy;
    }

    /// <summary>Sets all elements of a data set in one whose text is Unicode.</summary>
    public static void MergeInUnicode(DicomDataSet target, DicomDataSet source)
    {
        foreach (var element in source.Where(element => element.Tag != DicomTag.SpecificCharacterSet && element.Tag.Element != 0))
        {
            if (source.TryGetItems(element.Tag, out var items))
            {
                target.SetItems(element.Tag, items.Select(InUnicode));
            }
            else if (HasCharacterSet(element.VR) && source.TryGetString(element.Tag, out var text))
            {
                target.SetText(element.Tag, element.VR, text);
            }
            else
            {
                target.SetBytes(element.Tag, element.VR, element.GetBytes());
            }
        }
    }

    // PS3.5 §6.1.2.2.
    private static bool HasCharacterSet(DicomVR vr) =>
        vr is DicomVR.SH or DicomVR.LO or DicomVR.ST or DicomVR.LT or DicomVR.PN or DicomVR.UC or DicomVR.UT;
}
