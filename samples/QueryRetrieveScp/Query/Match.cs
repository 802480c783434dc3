namespace Dicom.Net.Samples;

/// <summary>An entity that matches, as a C-FIND response has it.</summary>
internal static class Match
{
    private const string Unicode = "ISO_IR 192";

    /// <summary>Makes the identifier of a response: in the character set of the request if that has all letters, else in Unicode.</summary>
    /// <param name="query">What was asked.</param>
    /// <param name="values">The values of what is returned.</param>
    /// <param name="retrieveAE">From whom the instances can be had.</param>
    /// <param name="characterSet">Specific Character Set (0008,0005) of the request; empty for the default.</param>
    public static DicomDataSet ToIdentifier(ArchiveQuery query, string[] values, string retrieveAE, string characterSet)
    {
        try
        {
            return ToIdentifier(query, values, retrieveAE, [characterSet]);
        }
        catch (ArgumentException) when (characterSet != Unicode)
        {
            return ToIdentifier(query, values, retrieveAE, [Unicode]);
        }
    }

    private static DicomDataSet ToIdentifier(ArchiveQuery query, string[] values, string retrieveAE, string[] characterSet)
    {
        var identifier = new DicomDataSet();
        if (characterSet is not [""])
        {
            identifier.Set(DicomTag.SpecificCharacterSet, characterSet);
        }

        // PS3.4 §C.4.1.1.3.2: these two are in every response.
        identifier.Set(DicomTag.QueryRetrieveLevel, query.Level.ToString().ToUpperInvariant());
        identifier.Set(DicomTag.RetrieveAETitle, retrieveAE);
        foreach (var (attribute, value) in query.Returned.Zip(values))
        {
            // What was to be a number may have been sent as text.
            identifier.Set(attribute.Tag, attribute.VR == DicomVR.US && !ushort.TryParse(value, out _) ? "" : value);
        }

        return identifier;
    }
}
