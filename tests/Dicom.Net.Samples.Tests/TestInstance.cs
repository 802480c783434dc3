namespace Dicom.Net.Samples.Tests;

/// <summary>Data sets to keep and to ask for.</summary>
internal static class TestInstance
{
    /// <summary>Makes an instance: 1.2.STUDY.SERIES.NUMBER, with what is set besides.</summary>
    public static DicomDataSet Make(int study, int series, int number, params (DicomTag Tag, string Value)[] others)
    {
        var dataSet = new DicomDataSet();
        dataSet.Set(DicomTag.SpecificCharacterSet, "ISO_IR 192");
        dataSet.Set(DicomTag.SOPClassUID, DicomUids.CTImageStorage);
        dataSet.Set(DicomTag.SOPInstanceUID, $"1.2.{study}.{series}.{number}");
        dataSet.Set(DicomTag.StudyInstanceUID, $"1.2.{study}");
        dataSet.Set(DicomTag.SeriesInstanceUID, $"1.2.{study}.{series}");
        dataSet.Set(DicomTag.PatientID, $"P{study}");
        dataSet.Set(DicomTag.PatientName, "Doe^Jane");
        dataSet.Set(DicomTag.Modality, "CT");
        dataSet.Set(DicomTag.InstanceNumber, number);
        foreach (var (tag, value) in others)
        {
            dataSet.Set(tag, value);
        }

        return dataSet;
    }

    /// <summary>Makes an identifier.</summary>
    public static DicomDataSet Keys(string? level, params (DicomTag Tag, string Value)[] keys)
    {
        var identifier = new DicomDataSet();
        identifier.Set(DicomTag.SpecificCharacterSet, "ISO_IR 192");
        if (level is not null)
        {
            identifier.Set(DicomTag.QueryRetrieveLevel, level);
        }

        foreach (var (tag, value) in keys)
        {
            identifier.Set(tag, value);
        }

        return identifier;
    }
}
