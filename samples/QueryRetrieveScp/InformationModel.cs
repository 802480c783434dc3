namespace Dicom.Net.Samples;

/// <summary>The information models of query and retrieve (PS3.4 §C.6): each has a SOP class for C-FIND, for C-MOVE and for C-GET.</summary>
internal static class InformationModel
{
    private static readonly string[] PatientRoot = [DicomUids.PatientRootFind, DicomUids.PatientRootMove, DicomUids.PatientRootGet];
    private static readonly string[] StudyRoot = [DicomUids.StudyRootFind, DicomUids.StudyRootMove, DicomUids.StudyRootGet];

    public static bool Contains(string sopClass) => IsPatientRoot(sopClass) || StudyRoot.Contains(sopClass);

    /// <summary>Whether the model begins with patients; the study root's begins with studies.</summary>
    public static bool IsPatientRoot(string sopClass) => PatientRoot.Contains(sopClass);
}
