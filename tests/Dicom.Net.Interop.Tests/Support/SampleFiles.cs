namespace Dicom.Net.Interop.Tests.Support;

/// <summary>Real files, by what can be done with them.</summary>
internal static class SampleFiles
{
    // For storescu of 3.6.7: an unsupported transfer syntax (HTJ2K is of 2023), a premature end of stream, UIDs that it misses since
    // their VR is UN.
    private static readonly string[] NotForStorescu = ["HTJ2KLossless_08_RGB.dcm", "MR_truncated.dcm", "explicit_VR-UN.dcm"];

    /// <summary>The transfer syntaxes in which files can be made (PS3.5 §A.1, §A.2, §A.3, §A.5).</summary>
    public static string[] UncompressedSyntaxes =>
    [
        DicomUids.ImplicitVRLittleEndian, DicomUids.ExplicitVRLittleEndian, DicomUids.ExplicitVRBigEndian,
        DicomUids.DeflatedExplicitVRLittleEndian,
    ];

    /// <summary>Files that bear what an association needs: a transfer syntax, and both SOP UIDs in the data set.</summary>
    public static string[] Sendable => [.. Directory.GetFiles(Require.Samples()).Where(IsSendable).Order(StringComparer.Ordinal)];

    /// <summary>Those of them that DCMTK's storescu can send.</summary>
    public static string[] SendableByStorescu => [.. Sendable.Where(file => !NotForStorescu.Contains(Path.GetFileName(file)))];

    /// <summary>Those of them that DCMTK's storescp accepts the transfer syntax of.</summary>
    public static string[] AcceptedByStorescp => [.. Sendable.Where(file => Path.GetFileName(file) != "HTJ2KLossless_08_RGB.dcm")];

    /// <summary>The real files of these names.</summary>
    public static string[] Named(params IEnumerable<string> names) => [.. names.Select(name => Path.Combine(Require.Samples(), name))];

    public static string InstanceOf(string file)
    {
        using var dataSet = DicomDataSet.Load(file);
        return dataSet.GetString(DicomTag.SOPInstanceUID)!;
    }

    private static bool IsSendable(string file)
    {
        try
        {
            using var dataSet = DicomDataSet.Load(file);
            return dataSet.Contains(DicomTag.SOPClassUID) && dataSet.Contains(DicomTag.SOPInstanceUID);
        }
        catch (DataSetException)
        {
            return false;
        }
    }
}
