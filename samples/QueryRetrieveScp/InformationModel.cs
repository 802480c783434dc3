namespace Dicom.Net.Samples;

/// <summary>The information models of query and retrieve (PS3.4 §C.6): each has a SOP class for C-FIND, for C-MOVE and for C-GET.</summary>
internal static class InformationModel
{
    private static readonly string[] PatientRoot = [DicomUids.PatientRootFind, DicomUids.PatientRootMove, DicomUids.PatientRootGet];
    private static readonly string[] StudyRoot = [DicomUids.StudyRootFind, DicomUids.StudyRootMove, DicomUids.StudyRootGet];

    public static bool Contains(string sopClass) => IsPatientRoot(sopClass) || StudyRoot.Contains(sopClass);

    /// <summary>Whether the model begins with patients; the study root's begins with studies.</summary>
    public static bool IsPatientRoot(string sopClass) => PatientRoot.Contains(sopClass);

    /// <summary>
    /// Answers extended negotiation (PS3.4 §C.5.1.1, §C.5.2.1, §C.5.3.1): relational queries and retrievals are supported, which is the first byte;
    /// of what the others ask for, nothing is.
    /// </summary>
    public static byte[]? Answer(string sopClass, byte[] asked)
    {
        if (!Contains(sopClass) || asked.Length == 0)
        {
            return null;
        }

        var answer = new byte[asked.Length];
        answer[0] = asked[0] == 1 ? (byte)1 : (byte)0;
        return answer;
    }
}
