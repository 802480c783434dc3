using System.Buffers;
using Dicom.Net.DataSets;

namespace Dicom.Net.Tests.DataSets;

public sealed class EncodedDataSetTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dicomnet-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Read_FromMemory_IsRandomAccess()
    {
        using EncodedDataSet encoded = EncodedDataSet.FromMemory(new byte[] { 1, 2, 3, 4, 5 }, DicomUids.ImplicitVRLittleEndian);

        AssertHolds(encoded, [1, 2, 3, 4, 5]);
        Assert.True(encoded.TryGetMemory(out ReadOnlyMemory<byte> memory));
        Assert.Equal(5, memory.Length);
    }

    [Fact]
    public void Dispose_OfRentedMemory_GivesItBackOnce()
    {
        CountingOwner owner = new();
        EncodedDataSet encoded = EncodedDataSet.FromMemory(owner.Memory[..5], owner, DicomUids.ImplicitVRLittleEndian);
        AssertHolds(encoded, [1, 2, 3, 4, 5]);

        encoded.Dispose();
        encoded.Dispose();

        Assert.Equal(1, owner.Disposals);
        Assert.Throws<ObjectDisposedException>(() => encoded.Read(0, new byte[1]));
        Assert.Throws<ObjectDisposedException>(() => encoded.TryGetMemory(out _));
    }

    [Fact]
    public void Read_FromFile_BeginsAtTheOffset()
    {
        string path = NewFile([9, 9, 1, 2, 3, 4, 5]);
        using (EncodedDataSet encoded = EncodedDataSet.FromFile(path, 2, DicomUids.ImplicitVRLittleEndian, ownsFile: false))
        {
            AssertHolds(encoded, [1, 2, 3, 4, 5]);
            Assert.False(encoded.TryGetMemory(out _));
        }

        Assert.True(File.Exists(path));
    }

    [Fact]
    public void Dispose_OfOwnedFile_DeletesIt()
    {
        string path = NewFile([1, 2]);
        EncodedDataSet encoded = EncodedDataSet.FromFile(path, 0, DicomUids.ImplicitVRLittleEndian, ownsFile: true);

        encoded.Dispose();
        encoded.Dispose();

        Assert.False(File.Exists(path));
    }

    [Fact]
    public void FromFile_OffsetBeyondTheEnd_Throws() => Assert.Throws<DataSetException>(
        () => EncodedDataSet.FromFile(NewFile([1, 2]), 3, DicomUids.ImplicitVRLittleEndian, ownsFile: false));

    [Fact]
    public void ReadExactly_OfFileThatBecameShorter_Throws()
    {
        string path = NewFile(new byte[100]);
        using EncodedDataSet encoded = EncodedDataSet.FromFile(path, 0, DicomUids.ImplicitVRLittleEndian, ownsFile: false);
        using (FileStream file = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.SetLength(50);
        }

        Assert.Throws<DataSetException>(() => encoded.ReadExactly(0, new byte[100]));
    }

    // The head that is kept ends at 4,096.
    [Theory]
    [InlineData(5, 2)]
    [InlineData(4096, 100)]
    [InlineData(10_000, 0)]
    [InlineData(10_000, 300)]
    [InlineData(10_000, 4096)]
    [InlineData(10_000, 5000)]
    public void TakeRest_OfFileWithHead_HoldsTheRestOfTheFile(int length, int offset)
    {
        byte[] content = new byte[length];
        new Random(1).NextBytes(content);
        FileEncodedDataSet rest;
        using (FileEncodedDataSet file = FileEncodedDataSet.WithHead(NewFile(content), DicomUids.ImplicitVRLittleEndian))
        {
            rest = file.TakeRest(offset, DicomUids.ExplicitVRLittleEndian);
        }

        using (rest)
        {
            Assert.Equal(DicomUids.ExplicitVRLittleEndian, rest.TransferSyntax);
            AssertHolds(rest, content[offset..]);
            AssertLooksRight(new ByteWindow(ByteRange.Of(rest)), content[offset..]);
        }

        Assert.Throws<ObjectDisposedException>(() => rest.Read(0, new byte[1]));
    }

    [Fact]
    public void Look_AtPartOfFileWithHead_SeesThatPart()
    {
        byte[] content = new byte[10_000];
        new Random(1).NextBytes(content);
        using FileEncodedDataSet file = FileEncodedDataSet.WithHead(NewFile(content), DicomUids.ImplicitVRLittleEndian);

        AssertLooksRight(new ByteWindow(ByteRange.Of(file).Slice(4000, 5000)), content[4000..9000]);
        AssertLooksRight(new ByteWindow(ByteRange.Of(file).Slice(5000, 4000)), content[5000..9000]);
    }

    [Fact]
    public void Read_FromPieces_CrossesTheirBorders()
    {
        EncodedPieceWriter writer = new();
        byte[] expected = new byte[400_000];
        new Random(1).NextBytes(expected);
        writer.Write(expected.AsSpan(0, 100_000));
        writer.Append(ByteRange.Of(EncodedDataSet.FromMemory(expected.AsMemory(100_000, 200_000), "")));
        writer.Append(ByteRange.Of(EncodedDataSet.FromMemory(expected.AsMemory(300_000, 10), "")));
        writer.Write(expected.AsSpan(300_010));

        AssertHolds(writer.Finish(DicomUids.ImplicitVRLittleEndian), expected);
    }

    private static void AssertHolds(EncodedDataSet encoded, byte[] expected)
    {
        Assert.Equal(expected.Length, encoded.Length);
        Assert.Equal(expected, encoded.ToArray());
        Assert.Equal(0, encoded.Read(expected.Length, new byte[1]));
        Assert.Equal(0, encoded.Read(expected.Length + 10L, new byte[1]));
        byte[] last = new byte[10];
        Assert.Equal(2, encoded.Read(expected.Length - 2, last));
        Assert.Equal(expected[^2..], last[..2]);
        using MemoryStream stream = new();
        encoded.CopyTo(stream, offset: 1);
        Assert.Equal(expected[1..], stream.ToArray());
    }

    private static void AssertLooksRight(ByteWindow window, byte[] expected)
    {
        Assert.Equal(expected.Length, window.Length);
        for (int offset = 0; offset <= expected.Length; offset += 97)
        {
            int count = Math.Min(12, expected.Length - offset);
            Assert.Equal(expected.AsSpan(offset, count), window.Look(offset, 12));
        }

        Assert.Equal(expected[0], window.Look(0, 1)[0]);
    }

    private string NewFile(byte[] content)
    {
        string path = Path.Combine(_folder.FullName, Path.GetRandomFileName());
        File.WriteAllBytes(path, content);
        return path;
    }

    private sealed class CountingOwner : IMemoryOwner<byte>
    {
        public int Disposals { get; private set; }

        public Memory<byte> Memory { get; } = new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 };

        public void Dispose() => Disposals++;
    }
}
