using System.Globalization;

namespace Dicom.Net.Tool.Query;

/// <summary>One attribute of the matches of a query, in a sequence perhaps.</summary>
/// <param name="Path">The sequences that it is in, outermost first, and the attribute.</param>
internal sealed record MatchColumn(params IReadOnlyList<DicomTag> Path)
{
    // Where the keyword is much longer than what stands below it.
    private static readonly Dictionary<DicomTag, string> ShortTitles = new()
    {
        [DicomTag.AccessionNumber] = "Accession",
        [DicomTag.ModalitiesInStudy] = "Modalities",
        [DicomTag.NumberOfStudyRelatedInstances] = "Instances",
        [DicomTag.NumberOfSeriesRelatedInstances] = "Instances",
        [DicomTag.ScheduledStationAETitle] = "Station",
        [DicomTag.ScheduledProcedureStepStartDate] = "Date",
        [DicomTag.ScheduledProcedureStepStartTime] = "Time",
        [DicomTag.ScheduledProcedureStepDescription] = "Step",
        [DicomTag.ScheduledProcedureStepID] = "StepID",
        [DicomTag.RequestedProcedureDescription] = "Procedure",
        [DicomTag.RequestedProcedureID] = "ProcedureID",
    };

    /// <summary>Its keyword.</summary>
    public string Title => DicomDictionary.GetKeyword(Path[^1]) ?? Path[^1].ToString();

    /// <summary>For a person: its keyword, or less.</summary>
    public string ShortTitle => ShortTitles.GetValueOrDefault(Path[^1]) ?? Title;

    /// <summary>Whether its values are words that may go on in the next line.</summary>
    public bool IsText => DicomDictionary.GetVR(Path[^1]) is DicomVR.LO or DicomVR.LT or DicomVR.PN or DicomVR.ST or DicomVR.UC or DicomVR.UT;

    /// <summary>
    /// The attributes that were asked for, without what is about the identifier itself: those of the patient first, UIDs last, and else in the
    /// order of the identifier.
    /// </summary>
    public static IEnumerable<MatchColumn> Of(DicomDataSet identifier) => Of(identifier, [])
        .Where(column => column.Path[^1] != DicomTag.QueryRetrieveLevel && column.Path[^1] != DicomTag.SpecificCharacterSet)
        .OrderBy(column => DicomDictionary.GetVR(column.Path[^1]) == DicomVR.UI ? 2 : column.Path[0].Group == 0x0010 ? 0 : 1);

    /// <summary>The value in a match; of several items all values, with a comma between.</summary>
    public string ValueIn(DicomDataSet match) => string.Join(", ", ValuesIn(match, at: 0).Where(value => value.Length > 0));

    private IEnumerable<string> ValuesIn(DicomDataSet dataSet, int at)
    {
        if (at == Path.Count - 1)
        {
            return [TextOf(dataSet, Path[at])];
        }

        return dataSet.TryGetItems(Path[at], out var items) ? items.SelectMany(item => ValuesIn(item, at + 1)) : [];
    }

    /// <summary>The value of an element as text, whatever its VR; empty where there is none.</summary>
    private static string TextOf(DicomDataSet dataSet, DicomTag tag)
    {
        if (dataSet.TryGetString(tag, out var text))
        {
            return text;
        }

        if (dataSet.TryGetInt64(tag, out var integer))
        {
            return integer.ToString(CultureInfo.InvariantCulture);
        }

        return dataSet.TryGetDouble(tag, out var number) ? number.ToString(CultureInfo.InvariantCulture)
            : dataSet.TryGetItems(tag, out var items) && items.Count > 0 ? $"({items.Count} items)" : "";
    }

    private static IEnumerable<MatchColumn> Of(DicomDataSet identifier, DicomTag[] sequences)
    {
        foreach (var element in identifier)
        {
            DicomTag[] path = [.. sequences, element.Tag];
            if (identifier.TryGetItems(element.Tag, out var items) && items is [var item])
            {
                foreach (var inner in Of(item, path))
                {
                    yield return inner;
                }
            }
            else
            {
                yield return new(path);
            }
        }
    }
}
