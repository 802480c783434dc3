using Dicom.Net.DataSets;

namespace Dicom.Net;

/// <content>The encoded elements, for code that parses or makes them itself.</content>
public sealed partial class DicomDataSet
{
    // What OpenEncoded had to encode anew.
    private List<EncodedDataSet>? _lent;

    /// <summary>A data set of bytes that are encoded already. They are kept, and neither copied nor looked at before an element is asked for.</summary>
    /// <param name="bytes">The elements, without File Meta Information; not to be changed as long as the data set is in use.</param>
    /// <param name="transferSyntaxUid">The UID of the transfer syntax that they are in.</param>
    /// <returns>The data set; it is sent and saved as these bytes.</returns>
    /// <exception cref="ArgumentException">The UID is empty.</exception>
    public static DicomDataSet FromEncoded(ReadOnlyMemory<byte> bytes, string transferSyntaxUid) =>
        new(EncodedDataSet.FromMemory(bytes, DicomTransferSyntax.Of(transferSyntaxUid).Uid), meta: null);

    /// <summary>
    /// The elements as they are saved, in <see cref="TransferSyntax"/>, without File Meta Information: bit for bit as they came, where nothing was
    /// changed.
    /// </summary>
    /// <returns>
    /// A stream that seeks, from its first byte. It reads where the data set's own bytes lie, in memory or in a file, and can do so until the data
    /// set is disposed of. What is changed later does not appear in it.
    /// </returns>
    /// <exception cref="DataSetException">The data set must be decoded for that, and is malformed.</exception>
    /// <exception cref="ObjectDisposedException">The data set has been disposed of.</exception>
    public Stream OpenEncoded()
    {
        EncodedDataSet encoded = Encode(TransferSyntax);
        if (encoded == _encoded)
        {
            // Encode has shared it; the stream lives no longer than the data set, which holds it.
            encoded.Dispose();
        }
        else
        {
            (_lent ??= []).Add(encoded);
        }

        return new EncodedDataSetStream(encoded);
    }

    private void TakeBackLent()
    {
        // Nearly always there is none: no list is made for that.
        _lent?.ForEach(static encoded => encoded.Dispose());
    }
}
