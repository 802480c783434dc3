using Dicom.Net.DataSets;
using Dicom.Net.Dimse;

namespace Dicom.Net.Associations;

/// <summary>An encoded data set as a fragmenter reads it. It is this object's share: others may dispose of theirs meanwhile.</summary>
internal sealed class EncodedDataSetSource(EncodedDataSet encoded) : IDataSetSource
{
    public long Length => encoded.Length;

    public int Read(long offset, Span<byte> destination) => encoded.Read(offset, destination);

    public void Dispose() => encoded.Dispose();
}
