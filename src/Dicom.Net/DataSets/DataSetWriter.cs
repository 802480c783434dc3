using System.IO.Compression;

namespace Dicom.Net.DataSets;

/// <summary>Turns a data set that has been changed, built or is wanted in another transfer syntax into bytes.</summary>
internal static class DataSetWriter
{
    /// <summary>Encodes a data set.</summary>
    /// <param name="dataSet">The data set; the result may refer to its bytes, and lives no longer than it.</param>
    /// <param name="target">The transfer syntax.</param>
    /// <param name="copiesUnchanged">Whether unchanged elements are copied as they came; otherwise everything is written anew.</param>
    public static EncodedDataSet Write(DicomDataSet dataSet, DicomTransferSyntax target, bool copiesUnchanged = true)
    {
        EncodedPieceWriter output = new();
        new ElementWriter(output, target, copiesUnchanged, depth: 0).WriteDataSet(dataSet);
        EncodedDataSet encoded = output.Finish(target.Uid);
        return target.IsDeflated ? Deflate(encoded, target.Uid) : encoded;
    }

    private static EncodedDataSet Deflate(EncodedDataSet plain, string transferSyntax)
    {
        using MemoryStream deflated = new();
        using (DeflateStream deflater = new(deflated, CompressionLevel.Optimal, leaveOpen: true))
        {
            plain.CopyTo(deflater);
        }

        // PS3.5 Annex A.5: a NUL makes the length even.
        if ((deflated.Length & 1) != 0)
        {
            deflated.WriteByte(0);
        }

        return EncodedDataSet.FromMemory(deflated.ToArray(), transferSyntax);
    }
}
