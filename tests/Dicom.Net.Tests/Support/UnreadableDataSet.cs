using Dicom.Net.DataSets;

namespace Dicom.Net.Tests.Support;

/// <summary>An encoded data set on a medium that has gone: not a byte of it can be read.</summary>
internal sealed class UnreadableDataSet(string transferSyntax) : EncodedDataSet(transferSyntax)
{
    public override long Length => 1000;

    public static DicomDataSet Create(string transferSyntax) => new(new UnreadableDataSet(transferSyntax), meta: null);

    public override int Read(long offset, Span<byte> destination) => throw new IOException("The test's: the medium has gone.");
}
