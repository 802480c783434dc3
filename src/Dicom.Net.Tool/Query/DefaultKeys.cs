namespace Dicom.Net.Tool.Query;

/// <summary>What a person wants to see of a match, asked for unless told otherwise: keys of PS3.4 §C.6.1.1 and §C.6.2.1.</summary>
internal static class DefaultKeys
{
    private static readonly DicomTag[] Patient = [DicomTag.PatientName, DicomTag.PatientID, DicomTag.PatientBirthDate, DicomTag.PatientSex];

    private static readonly DicomTag[] Study =
    [
        DicomTag.PatientName, DicomTag.PatientID, DicomTag.StudyDate, DicomTag.AccessionNumber, DicomTag.ModalitiesInStudy,
        DicomTag.StudyDescription, DicomTag.NumberOfStudyRelatedInstances, DicomTag.StudyInstanceUID,
    ];

    private static readonly DicomTag[] Series =
    [
        DicomTag.Modality, DicomTag.SeriesNumber, DicomTag.SeriesDescription, DicomTag.NumberOfSeriesRelatedInstances,
        DicomTag.SeriesInstanceUID,
    ];

    private static readonly DicomTag[] Image = [DicomTag.InstanceNumber, DicomTag.SOPClassUID, DicomTag.SOPInstanceUID];

    /// <summary>Asks for those of a level that are not in an identifier already.</summary>
    public static void AddTo(DicomDataSet identifier)
    {
        DicomTag[] keys = identifier.GetString(DicomTag.QueryRetrieveLevel) switch
        {
            "PATIENT" => Patient,
            "SERIES" => Series,
            "IMAGE" => Image,
            _ => Study,
        };
        foreach (var tag in keys.Where(tag => !identifier.Contains(tag)))
        {
            identifier.Set(tag, "");
        }
    }
}
