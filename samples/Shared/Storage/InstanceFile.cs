namespace Dicom.Net.Samples;

/// <summary>A file that has the name under which an instance is to be kept.</summary>
internal static class InstanceFile
{
    /// <summary>What a file holds, compared with an instance.</summary>
    /// <exception cref="IOException">The disk does not tell.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read: it may be anything.</exception>
    public static InstanceFileContent ContentOf(string path, DicomDataSet instance)
    {
        try
        {
            using var kept = DicomDataSet.Load(path);
            return kept.HasSameBytes(instance) ? InstanceFileContent.SameBytes
                : UidOf(kept) == UidOf(instance) ? InstanceFileContent.AnotherOfItsUid
                : InstanceFileContent.AnotherInstance;
        }
        catch (Exception error) when (error is DataSetException or FileNotFoundException or DirectoryNotFoundException)
        {
            return InstanceFileContent.Unreadable;
        }
    }

    private static string UidOf(DicomDataSet dataSet) => dataSet.TryGetString(DicomTag.SOPInstanceUID, out var uid) ? uid : "";
}
