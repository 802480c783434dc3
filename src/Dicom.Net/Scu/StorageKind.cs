using Dicom.Net.Pdus;

namespace Dicom.Net;

/// <summary>What presentation contexts an instance needs: its SOP class, and the transfer syntax that it is in, since nothing is transcoded.</summary>
internal readonly record struct StorageKind(string SopClass, string TransferSyntax)
{
    /// <summary>Whether it is not compressed: then it can be sent in every other transfer syntax that is not, either.</summary>
    public bool IsNative => DicomTransferSyntax.Of(TransferSyntax).IsNative;

    /// <summary>Whether both are UIDs: what cannot be proposed would keep the whole request from going out, and every other instance with it.</summary>
    public bool CanBeProposed => SentText.IsUid(SopClass) && SentText.IsUid(TransferSyntax);

    /// <summary>Looks into a file.</summary>
    /// <exception cref="IOException">It cannot be read, is no DICOM file, or holds no instance; the message says which.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static StorageKind Of(string path)
    {
        using var dataSet = DicomDataSet.Load(path);
        var transferSyntax = RequireUid(dataSet.TransferSyntax, "Transfer Syntax UID (0002,0010)");
        return dataSet.TryGetString(DicomTag.SOPClassUID, out var sopClass) && sopClass.Length > 0
            ? new(RequireUid(sopClass, "SOP Class UID (0008,0016)"), transferSyntax)
            : throw new DataSetException("It has no SOP Class UID (0008,0016).");
    }

    /// <summary>
    /// The contexts: in its own transfer syntax, and where it is not compressed in implicit VR besides, which every peer takes (PS3.5 §10.1).
    /// </summary>
    public IEnumerable<StorageKind> Contexts()
    {
        yield return this;
        if (TransferSyntax != DicomUids.ImplicitVRLittleEndian && IsNative)
        {
            yield return this with { TransferSyntax = DicomUids.ImplicitVRLittleEndian };
        }
    }

    // As CanBeProposed, with the reason.
    private static string RequireUid(string text, string attribute) => SentText.IsUid(text)
        ? text
        : throw new DataSetException($"Its {attribute} is no UID: '{PeerText.Escape(text)}'.");
}
