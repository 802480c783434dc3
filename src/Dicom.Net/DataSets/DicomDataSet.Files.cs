using Dicom.Net.DataSets;

namespace Dicom.Net;

/// <content>DICOM files (PS3.10 §7).</content>
public sealed partial class DicomDataSet
{
    private FileMetaInformation? _meta;

    /// <summary>Opens a DICOM file. What is in it is read when it is asked for; it stays open until the data set is disposed of.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The data set, without File Meta Information, which is not part of it.</returns>
    /// <exception cref="DataSetException">
    /// It is no DICOM file: it has no File Meta Information, or one without Transfer Syntax UID. A missing preamble does not matter.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static DicomDataSet Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileEncodedDataSet file = FileEncodedDataSet.WithHead(path, DicomUids.ExplicitVRLittleEndian);
        FileMetaInformation meta = FileMetaInformation.Read(file, out long offset);
        return new DicomDataSet(file.TakeRest(offset, meta.TransferSyntaxUid), meta);
    }

    /// <summary>A data set that is read from a stream when its bytes are asked for.</summary>
    /// <param name="stream">From where it begins; null for the transfer syntax: a DICOM file (PS3.10 §7).</param>
    /// <param name="transferSyntax">The transfer syntax of a data set without File Meta Information; null where there is some.</param>
    /// <exception cref="DataSetException">It is no DICOM file, and no transfer syntax is given.</exception>
    internal static DicomDataSet Over(StreamEncodedDataSet stream, string? transferSyntax)
    {
        if (transferSyntax is not null)
        {
            return new DicomDataSet(stream, meta: null);
        }

        FileMetaInformation meta = FileMetaInformation.Read(stream, out long offset);
        return new DicomDataSet(stream.Rest(offset, meta.TransferSyntaxUid), meta);
    }

    /// <summary>
    /// Saves a DICOM file: a preamble of zeros, File Meta Information, and the data set, bit for bit as it came if nothing was changed.
    /// A received instance that lies in the spool folder is moved.
    /// </summary>
    /// <param name="path">
    /// The file. Never make it of what a peer sent (a UID, an AE title) without checking that: it may say <c>../</c>.
    /// </param>
    /// <param name="overwrite">Whether a file of this name is replaced.</param>
    /// <param name="flushToDisk">
    /// Whether the bytes and the name are on the disk when this returns, not only in the operating system's cache: a sender may delete its
    /// own copy because of that.
    /// </param>
    /// <remarks>On failure there is neither a new file nor a changed one, unless it is flushing the name that fails: the file is there, and whole.</remarks>
    /// <exception cref="IOException">The file exists and is not to be replaced, or it cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    /// <exception cref="InvalidOperationException">SOP Class UID or SOP Instance UID is missing, which a file must have.</exception>
    /// <exception cref="DataSetException">The data set must be decoded for that, and is malformed.</exception>
    public void Save(string path, bool overwrite = false, bool flushToDisk = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_encoded is FileEncodedDataSet { OwnsFile: true, HasHeader: true } spooled && !IsModified)
        {
            using EncodedDataSet held = spooled.Share();
            Part10File.GiveAway(spooled, path, overwrite, flushToDisk);
        }
        else
        {
            using EncodedDataSet encoded = Encode(TransferSyntax);
            Part10File.Write(path, MetaToSave(), encoded, overwrite, flushToDisk);
        }
    }

    // What the data set says of itself; and what was said of it, as long as it is the same data set.
    private FileMetaInformation MetaToSave()
    {
        FileMetaInformation meta = (_meta ?? new FileMetaInformation()) with
        {
            TransferSyntaxUid = TransferSyntax,
            ImplementationClassUid = Implementation.ClassUid,
            ImplementationVersionName = Implementation.VersionName,
        };
        bool isComplete = meta is { MediaStorageSopClassUid.Length: > 0, MediaStorageSopInstanceUid.Length: > 0 };
        return isComplete && !IsModified ? meta : meta with
        {
            MediaStorageSopClassUid = Uid(DicomTag.SOPClassUID) ?? meta.MediaStorageSopClassUid,
            MediaStorageSopInstanceUid = Uid(DicomTag.SOPInstanceUID) ?? meta.MediaStorageSopInstanceUid,
        };
    }

    private string? Uid(DicomTag tag) => TryGetString(tag, out string? uid) && uid.Length > 0 ? uid : null;
}
