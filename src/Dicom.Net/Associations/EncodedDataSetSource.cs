using Dicom.Net.DataSets;
using Dicom.Net.Dimse;

namespace Dicom.Net.Associations;

/// <summary>An encoded data set as a fragmenter reads it. It is this object's share: others may dispose of theirs meanwhile.</summary>
/// <remarks>
/// Fragments have an even length (PS3.8 §E.1), and peers abort over an odd one. A data set has one, too, unless it is malformed, or
/// deflated by a writer that left out the trailing NULL (PS3.5 §A.5): that is added here, and changes nothing for who inflates it.
/// </remarks>
internal sealed class EncodedDataSetSource(EncodedDataSet encoded) : IDataSetSource
{
    public long Length => encoded.Length + (encoded.Length & 1);

    public int Read(long offset, Span<byte> destination)
    {
        var isAtPadding = offset == encoded.Length && offset < Length && !destination.IsEmpty;
        if (!isAtPadding)
        {
            return encoded.Read(offset, destination);
        }

        destination[0] = 0;
        return 1;
    }

    public void Dispose() => encoded.Dispose();
}
