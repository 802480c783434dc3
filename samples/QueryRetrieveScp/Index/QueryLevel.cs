namespace Dicom.Net.Samples;

/// <summary>The levels of the information models, from the top (PS3.4 §C.6.1.1, §C.6.2.1).</summary>
internal enum QueryLevel
{
    Patient,
    Study,
    Series,
    Image,
}

/// <summary>What is known of each level.</summary>
internal static class QueryLevels
{
    /// <summary>Reads Query/Retrieve Level (0008,0052).</summary>
    public static bool TryParse(string text, out QueryLevel level)
    {
        // Not Enum.TryParse, which takes numbers, too.
        (level, var isKnown) = text switch
        {
            "PATIENT" => (QueryLevel.Patient, true),
            "STUDY" => (QueryLevel.Study, true),
            "SERIES" => (QueryLevel.Series, true),
            "IMAGE" => (QueryLevel.Image, true),
            _ => (default, false),
        };
        return isKnown;
    }

    /// <summary>The attribute that tells the entities of a level apart.</summary>
    public static DicomTag UniqueKey(this QueryLevel level) => level switch
    {
        QueryLevel.Patient => DicomTag.PatientID,
        QueryLevel.Study => DicomTag.StudyInstanceUID,
        QueryLevel.Series => DicomTag.SeriesInstanceUID,
        _ => DicomTag.SOPInstanceUID,
    };

    /// <summary>The table that has a row for each entity of a level; of patients, for each of their studies.</summary>
    public static string Table(this QueryLevel level) => level switch
    {
        QueryLevel.Patient or QueryLevel.Study => "Study",
        QueryLevel.Series => "Series",
        _ => "Instance",
    };

    /// <summary>That table, joined with those of the levels above.</summary>
    public static string Tables(this QueryLevel level) => level switch
    {
        QueryLevel.Patient or QueryLevel.Study => "Study",
        QueryLevel.Series => "Series JOIN Study ON Study.Id = Series.StudyId",
        _ => "Instance JOIN Series ON Series.Id = Instance.SeriesId JOIN Study ON Study.Id = Series.StudyId",
    };
}
