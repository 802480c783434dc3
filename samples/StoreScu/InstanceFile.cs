namespace Dicom.Net.Samples;

/// <summary>A file to send, and what must be known of it before there is an association.</summary>
internal sealed record InstanceFile(string Path, string SopClass, string Instance, string TransferSyntax)
{
    /// <summary>All files in the files and folders given, in a stable order.</summary>
    public static IEnumerable<string> Find(IEnumerable<string> paths) => paths.SelectMany(path => Directory.Exists(path)
        ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        : Enumerable.Repeat(path, 1));

    /// <summary>Reads what is needed of one.</summary>
    /// <exception cref="IOException">It cannot be read, is no DICOM file, or holds no instance; the message says which.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static InstanceFile Read(string path)
    {
        using var dataSet = DicomDataSet.Load(path);
        return new(
            path,
            dataSet.GetString(DicomTag.SOPClassUID) ?? throw new DataSetException("It has no SOP Class UID (0008,0016)."),
            dataSet.GetString(DicomTag.SOPInstanceUID) ?? throw new DataSetException("It has no SOP Instance UID (0008,0018)."),
            dataSet.TransferSyntax);
    }
}
