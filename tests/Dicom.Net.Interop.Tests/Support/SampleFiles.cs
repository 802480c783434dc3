namespace Dicom.Net.Interop.Tests.Support;

/// <summary>Real files, by what can be done with them.</summary>
internal static class SampleFiles
{
    // Said by storescu of 3.6.7 as "Unsupported transfer syntax": HTJ2K is of 2023.
    private static readonly string[] NewerThanDcmtk = ["HTJ2KLossless_08_RGB.dcm"];

    /// <summary>Files that bear what an association needs: a transfer syntax, and both SOP UIDs in the data set.</summary>
    public static string[] Sendable => [.. Directory.GetFiles(Require.Samples()).Where(IsSendable).Order(StringComparer.Ordinal)];

    /// <summary>Those of them that DCMTK knows the transfer syntax of.</summary>
    public static string[] SendableByDcmtk => [.. Sendable.Where(file => !NewerThanDcmtk.Contains(Path.GetFileName(file)))];

    private static bool IsSendable(string file)
    {
        try
        {
            using var dataSet = DicomDataSet.Load(file);
            return dataSet.Contains(DicomTag.SopClassUid) && dataSet.Contains(DicomTag.SopInstanceUid);
        }
        catch (DataSetException)
        {
            return false;
        }
    }
}
