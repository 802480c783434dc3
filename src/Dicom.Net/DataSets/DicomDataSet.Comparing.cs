using Dicom.Net.DataSets;

namespace Dicom.Net;

/// <content>Comparing with another one.</content>
public sealed partial class DicomDataSet
{
    /// <summary>
    /// Whether another data set is in the same transfer syntax and has the same bytes: then it is what was sent before, by a peer that the
    /// answer did not reach. Neither is read into memory for that, however large they are.
    /// </summary>
    /// <param name="other">The other one.</param>
    /// <exception cref="IOException">A file that one of them lies in cannot be read.</exception>
    public bool HasSameBytes(DicomDataSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (TransferSyntax != other.TransferSyntax)
        {
            return false;
        }

        using EncodedDataSet mine = Encode(TransferSyntax);
        using EncodedDataSet theirs = other.Encode(TransferSyntax);
        return mine.HasSameBytes(theirs);
    }
}
