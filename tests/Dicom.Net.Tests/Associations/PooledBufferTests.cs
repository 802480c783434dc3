using Dicom.Net.Associations;

namespace Dicom.Net.Tests.Associations;

public sealed class PooledBufferTests
{
    [Fact]
    public void Append_Pieces_KeepsAllBytesInOrder()
    {
        using var buffer = new PooledBuffer();
        var expected = new byte[100_000];
        new Random(1).NextBytes(expected);
        foreach (var piece in expected.Chunk(777))
        {
            buffer.Append(piece);
        }

        Assert.Equal(expected.Length, buffer.Length);
        Assert.True(buffer.Memory.Span.SequenceEqual(expected));
    }

    [Fact]
    public void Memory_NothingAppended_IsEmpty()
    {
        using var buffer = new PooledBuffer();
        buffer.Append([]);
        Assert.True(buffer.Memory.IsEmpty);
    }

    [Fact]
    public void Dispose_Twice_LeavesNothing()
    {
        var buffer = new PooledBuffer();
        buffer.Append([1]);
        buffer.Dispose();
        buffer.Dispose();
        Assert.Equal(0, buffer.Length);
        Assert.True(buffer.Memory.IsEmpty);
    }
}
