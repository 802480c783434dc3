using Microsoft.Win32.SafeHandles;

namespace Dicom.Net.DataSets;

/// <summary>An encoded data set that lies in a file and is read piece by piece.</summary>
internal sealed class FileEncodedDataSet : EncodedDataSet
{
    // One page: File Meta Information and what is asked of an instance before it is sent lie in it as a rule.
    private const int HeadLength = 4096;

    private readonly SafeFileHandle _file;
    private readonly long _offset;
    private readonly ReadOnlyMemory<byte> _head;
    private bool _gaveHandleAway;

    public FileEncodedDataSet(string path, long offset, string transferSyntax, bool ownsFile)
        : this(Open(path, offset, out long length), path, offset, length, transferSyntax) => OwnsFile = ownsFile;

    /// <summary>Takes over a file that was written a moment ago; nobody else knows it.</summary>
    public FileEncodedDataSet(SafeFileHandle file, string path, long offset, long length, string transferSyntax)
        : this(file, path, offset, length, transferSyntax, head: default) => OwnsFile = true;

    private FileEncodedDataSet(
        SafeFileHandle file, string path, long offset, long length, string transferSyntax, ReadOnlyMemory<byte> head)
        : base(transferSyntax)
    {
        _file = file;
        Path = path;
        _offset = offset;
        Length = length;
        _head = head;
    }

    /// <summary>
    /// A file from its first byte on, whose beginning is read at once and kept: looking for what a small instance is, and sending it,
    /// then is one call of the system instead of six.
    /// </summary>
    public static FileEncodedDataSet WithHead(string path, string transferSyntax)
    {
        SafeFileHandle file = Open(path, offset: 0, out long length);
        try
        {
            byte[] head = new byte[Math.Min(length, HeadLength)];
            int count = RandomAccess.Read(file, head, fileOffset: 0);
            return new(file, path, offset: 0, length, transferSyntax, head.AsMemory(0, count));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public override long Length { get; }

    /// <summary>Where the file is.</summary>
    public string Path { get; private set; }

    /// <summary>Whether the file goes when this object goes.</summary>
    public bool OwnsFile { get; private set; }

    /// <summary>Whether the file is a DICOM file as it is, with File Meta Information before the data set.</summary>
    public bool HasHeader => _offset > 0;

    public override ReadOnlyMemory<byte> Head => _head;

    /// <summary>The rest of the file from an offset on. It takes over the handle: this object is done with.</summary>
    public FileEncodedDataSet TakeRest(long offset, string transferSyntax)
    {
        _gaveHandleAway = true;
        ReadOnlyMemory<byte> head = _head[(int)Math.Min(offset, _head.Length)..];
        return new(_file, Path, _offset + offset, Length - offset, transferSyntax, head);
    }

    public override int Read(long offset, Span<byte> destination)
    {
        int count = (int)Math.Clamp(Length - offset, 0, destination.Length);
        if (offset < _head.Length)
        {
            ObjectDisposedException.ThrowIf(_file.IsClosed, typeof(DicomDataSet));
            count = (int)Math.Min(count, _head.Length - offset);
            _head.Span.Slice((int)offset, count).CopyTo(destination);
            return count;
        }

        return count == 0 ? 0 : RandomAccess.Read(_file, destination[..count], _offset + offset);
    }

    /// <summary>Has the bytes of a spooled file on the disk, and not only in the system's cache, when it returns.</summary>
    public void Flush() => RandomAccess.FlushToDisk(_file);

    /// <summary>The file has been saved: it is at its place, and is the user's.</summary>
    public void GiveAway(string path)
    {
        // In this order: whoever disposes of this meanwhile must not delete the file under its new name.
        OwnsFile = false;
        Path = path;
    }

    protected override void Dispose(bool disposing)
    {
        if (_gaveHandleAway)
        {
            return;
        }

        _file.Dispose();
        if (OwnsFile)
        {
            OwnsFile = false;
            DeleteFile();
        }

        base.Dispose(disposing);
    }

    private static SafeFileHandle Open(string path, long offset, out long length)
    {
        // Others may rename, replace or delete the file meanwhile: the handle stays with these bytes.
        SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        long fileLength = RandomAccess.GetLength(file);
        length = fileLength - offset;
        if (length >= 0)
        {
            return file;
        }

        file.Dispose();
        throw new DataSetException($"The file ends at {fileLength}, before the data set's offset {offset}.");
    }

    private void DeleteFile()
    {
        try
        {
            File.Delete(Path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Somebody has the file open, or closed the folder to us: what is left is a file in the spool folder, and no one to tell.
        }
    }
}
