namespace Dicom.Net;

/// <summary>An instance that a C-GET or C-MOVE is answered with: what is known of it, and how to come by it when its turn has come.</summary>
public sealed class DicomInstance
{
    private readonly Func<CancellationToken, ValueTask<DicomDataSet>> _open;

    /// <summary>States an instance.</summary>
    /// <param name="sopClass">Its SOP class.</param>
    /// <param name="sopInstance">Its SOP Instance UID.</param>
    /// <param name="transferSyntax">The transfer syntax that it is in.</param>
    /// <param name="open">Opens it, when it is to be sent. The library disposes of the data set.</param>
    public DicomInstance(string sopClass, string sopInstance, string transferSyntax, Func<CancellationToken, ValueTask<DicomDataSet>> open)
    {
        ArgumentException.ThrowIfNullOrEmpty(sopClass);
        ArgumentException.ThrowIfNullOrEmpty(sopInstance);
        ArgumentException.ThrowIfNullOrEmpty(transferSyntax);
        ArgumentNullException.ThrowIfNull(open);
        (SopClass, SopInstance, TransferSyntax, _open) = (sopClass, sopInstance, transferSyntax, open);
    }

    /// <summary>Its SOP class.</summary>
    public string SopClass { get; }

    /// <summary>Its SOP Instance UID.</summary>
    public string SopInstance { get; }

    /// <summary>The transfer syntax that it is in.</summary>
    public string TransferSyntax { get; }

    internal StorageKind Kind => new(SopClass, TransferSyntax);

    /// <summary>An instance in a DICOM file, whose head is read now; the rest is read while it is sent.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataSetException">It is no DICOM file, or has no SOP Class UID or SOP Instance UID.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static DicomInstance FromFile(string path)
    {
        using var file = DicomDataSet.Load(path);
        return FromFile(path, Uid(file, DicomTag.SOPClassUID), Uid(file, DicomTag.SOPInstanceUID), file.TransferSyntax);
    }

    /// <summary>An instance in a DICOM file of which all is known already, from an index say: it is not opened before it is sent.</summary>
    /// <param name="path">The file.</param>
    /// <param name="sopClass">Its SOP class.</param>
    /// <param name="sopInstance">Its SOP Instance UID.</param>
    /// <param name="transferSyntax">The transfer syntax that it is in.</param>
    public static DicomInstance FromFile(string path, string sopClass, string sopInstance, string transferSyntax)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new(sopClass, sopInstance, transferSyntax, _ => new(DicomDataSet.Load(path)));
    }

    /// <summary>An instance in memory.</summary>
    /// <param name="dataSet">The data set: not to be changed or disposed of before the retrieval is over.</param>
    /// <exception cref="DataSetException">It has no SOP Class UID or SOP Instance UID.</exception>
    public static DicomInstance FromDataSet(DicomDataSet dataSet)
    {
        ArgumentNullException.ThrowIfNull(dataSet);
        return new(
            Uid(dataSet, DicomTag.SOPClassUID), Uid(dataSet, DicomTag.SOPInstanceUID), dataSet.TransferSyntax, _ => new(dataSet.Copy()));
    }

    internal ValueTask<DicomDataSet> OpenAsync(CancellationToken cancellationToken) => _open(cancellationToken);

    private static string Uid(DicomDataSet dataSet, DicomTag tag) => dataSet.TryGetString(tag, out var uid) && uid.Length > 0
        ? uid
        : throw new DataSetException($"An instance has SOP Class UID and SOP Instance UID; {tag} is missing or empty.");
}
