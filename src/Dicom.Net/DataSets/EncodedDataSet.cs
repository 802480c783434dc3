using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Dicom.Net.DataSets;

/// <summary>The bytes of one data set in one transfer syntax, wherever they lie: in memory, in a file, or in pieces of both.</summary>
internal abstract class EncodedDataSet(string transferSyntax) : IDisposable
{
    private int _holders = 1;

    /// <summary>The number of bytes.</summary>
    public abstract long Length { get; }

    /// <summary>The UID of the transfer syntax.</summary>
    public string TransferSyntax { get; } = transferSyntax;

    /// <summary>Bytes that are wholly in the caller's memory.</summary>
    public static EncodedDataSet FromMemory(ReadOnlyMemory<byte> bytes, string transferSyntax) =>
        new MemoryEncodedDataSet(bytes, owner: null, transferSyntax);

    /// <summary>Bytes in rented memory; the owner is disposed of on <see cref="Dispose()"/>.</summary>
    public static EncodedDataSet FromMemory(ReadOnlyMemory<byte> bytes, IDisposable owner, string transferSyntax) =>
        new MemoryEncodedDataSet(bytes, owner, transferSyntax);

    /// <summary>Bytes in several pieces of rented memory; the owner is disposed of on <see cref="Dispose()"/>.</summary>
    public static EncodedDataSet FromMemory(ReadOnlyMemory<byte>[] pieces, IDisposable owner, string transferSyntax) =>
        new PiecewiseEncodedDataSet(pieces, owner, transferSyntax);

    /// <summary>
    /// The rest of a file from an offset on. A file that is owned (a spooled instance that nobody saved) is deleted on
    /// <see cref="Dispose()"/>; it must be a whole Part 10 file, since saving it is a rename.
    /// </summary>
    public static EncodedDataSet FromFile(string path, long offset, string transferSyntax, bool ownsFile) =>
        new FileEncodedDataSet(path, offset, transferSyntax, ownsFile);

    /// <summary>A file that this process has just written, by the handle that wrote it: it goes when the object goes, unless it is saved.</summary>
    public static EncodedDataSet FromSpooledFile(SafeFileHandle file, string path, long offset, long length, string transferSyntax) =>
        new FileEncodedDataSet(file, path, offset, length, transferSyntax);

    /// <summary>The first bytes, as many as are in memory although the whole is not.</summary>
    public virtual ReadOnlyMemory<byte> Head => default;

    /// <summary>All the bytes, where they are in memory, in one piece or several; null where they are not.</summary>
    public virtual IReadOnlyList<ReadOnlyMemory<byte>>? Pieces => TryGetMemory(out ReadOnlyMemory<byte> memory) ? [memory] : null;

    /// <summary>Reads bytes from anywhere.</summary>
    /// <returns>The number of bytes read, at most what is asked for and at least one; zero at the end.</returns>
    public abstract int Read(long offset, Span<byte> destination);

    /// <summary>The bytes themselves, where they are in memory in one piece.</summary>
    public virtual bool TryGetMemory(out ReadOnlyMemory<byte> memory)
    {
        memory = default;
        return false;
    }

    /// <summary>Reads as many bytes as asked for.</summary>
    /// <exception cref="DataSetException">There are fewer: the file became shorter after it was opened.</exception>
    public void ReadExactly(long offset, Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            int count = Read(offset, destination);
            if (count == 0)
            {
                throw new DataSetException($"The data set ends at offset {offset}, {destination.Length} bytes too early.");
            }

            offset += count;
            destination = destination[count..];
        }
    }

    /// <summary>Whether another one has the same bytes, in whatever transfer syntax they are to be read.</summary>
    public bool HasSameBytes(EncodedDataSet other)
    {
        // 64 KiB: arbitrary.
        const int part = 65_536;
        if (Length != other.Length)
        {
            return false;
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent(2 * part);
        try
        {
            bool isSame = true;
            for (long offset = 0; isSame && offset < Length; offset += part)
            {
                int count = (int)Math.Min(part, Length - offset);
                Span<byte> mine = buffer.AsSpan(0, count), theirs = buffer.AsSpan(part, count);
                ReadExactly(offset, mine);
                other.ReadExactly(offset, theirs);
                isSame = mine.SequenceEqual(theirs);
            }

            return isSame;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Writes the bytes from an offset on to a stream.</summary>
    public void CopyTo(Stream destination, long offset = 0)
    {
        if (TryGetMemory(out ReadOnlyMemory<byte> memory))
        {
            destination.Write(memory.Span[(int)offset..]);
            return;
        }

        // 80 KiB: Stream.CopyTo's own choice, below the large object heap.
        byte[] buffer = ArrayPool<byte>.Shared.Rent(81_920);
        for (int count; (count = Read(offset, buffer)) > 0; offset += count)
        {
            destination.Write(buffer, 0, count);
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }

    /// <summary>
    /// One more holder of the same bytes, who disposes of them like the first: a data set on its way to a peer outlives the object that
    /// the application may dispose of as soon as it has asked for the sending.
    /// </summary>
    public EncodedDataSet Share()
    {
        Interlocked.Increment(ref _holders);
        return this;
    }

    /// <summary>Called once by each holder; the last one's call releases the bytes.</summary>
    public void Dispose()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            Dispose(disposing: true);
            GC.SuppressFinalize(this);
        }
    }

    protected virtual void Dispose(bool disposing)
    {
    }
}
