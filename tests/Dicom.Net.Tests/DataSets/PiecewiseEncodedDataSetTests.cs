using Dicom.Net.DataSets;

namespace Dicom.Net.Tests.DataSets;

public sealed class PiecewiseEncodedDataSetTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dicomnet-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    public void Parse_ElementsAcrossPieces_GivesTheSameValues(int pieceLength)
    {
        byte[] bytes =
        [
            .. EncodedBytes.Explicit(0x00100010, "PN", "Doe^Jane"),
            .. EncodedBytes.Explicit(0x00100020, "LO", "4711"),
            .. EncodedBytes.Explicit(0x00104000, "LT", new string('x', 300)),
        ];
        using DicomDataSet dataSet = new(Pieces(bytes, pieceLength, out _), meta: null);
        Assert.Equal("Doe^Jane", dataSet.GetString(DicomTag.PatientName));
        Assert.Equal("4711", dataSet.GetString(DicomTag.PatientID));
        Assert.Equal(300, dataSet.GetString(new DicomTag(0x0010, 0x4000))!.Length);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(100_000)]
    public void Save_ManyPieces_WritesThemAllInOrder(int pieceLength)
    {
        byte[] value = new byte[400_000];
        new Random(1).NextBytes(value);
        byte[] bytes = [.. EncodedBytes.Explicit(0x00100020, "LO", "4711"), .. EncodedBytes.Explicit(0x7FE00010, "OB", value)];
        FileMetaInformation meta = new()
        {
            MediaStorageSopClassUid = DicomUids.SecondaryCaptureImageStorage,
            MediaStorageSopInstanceUid = "1.2.3",
            TransferSyntaxUid = DicomUids.ExplicitVRLittleEndian,
        };
        string path = Path.Combine(_folder.FullName, "saved.dcm");
        using (DicomDataSet dataSet = new(Pieces(bytes, pieceLength, out _), meta))
        {
            dataSet.Save(path);
        }

        Assert.Equal(bytes, File.ReadAllBytes(path)[^bytes.Length..]);
    }

    [Fact]
    public void Read_AcrossPieces_EndsAtThePieceAndAtTheEnd()
    {
        using EncodedDataSet encoded = Pieces([1, 2, 3, 4, 5], 2, out _);
        byte[] destination = new byte[5];
        Assert.Equal(5, encoded.Length);
        Assert.Equal(1, encoded.Read(1, destination));
        Assert.Equal(2, destination[0]);
        Assert.Equal(0, encoded.Read(5, destination));
        Assert.False(encoded.TryGetMemory(out _));
    }

    [Fact]
    public void Dispose_Twice_DisposesOfTheOwnerOnceAndReadsNoMore()
    {
        EncodedDataSet encoded = Pieces([1, 2, 3], 2, out CountingOwner owner);
        encoded.Dispose();
        encoded.Dispose();
        Assert.Equal(1, owner.Disposals);
        Assert.Throws<ObjectDisposedException>(() => encoded.Read(0, new byte[1]));
    }

    private static EncodedDataSet Pieces(byte[] bytes, int pieceLength, out CountingOwner owner)
    {
        owner = new();
        return EncodedDataSet.FromMemory(
            [.. bytes.Chunk(pieceLength).Select(piece => new ReadOnlyMemory<byte>(piece))], owner, DicomUids.ExplicitVRLittleEndian);
    }

    private sealed class CountingOwner : IDisposable
    {
        public int Disposals { get; private set; }

        public void Dispose() => Disposals++;
    }
}
