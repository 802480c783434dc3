using Microsoft.Win32.SafeHandles;

namespace Dicom.Net.DataSets;

/// <summary>An encoded data set that lies in a file and is read piece by piece.</summary>
internal sealed class FileEncodedDataSet : EncodedDataSet
{
    private readonly SafeFileHandle _file;
    private readonly long _offset;

    public FileEncodedDataSet(string path, long offset, string transferSyntax, bool ownsFile)
        : base(transferSyntax)
    {
        // Others may rename, replace or delete the file meanwhile: the handle stays with these bytes.
        _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        long fileLength = RandomAccess.GetLength(_file);
        if (offset > fileLength)
        {
            _file.Dispose();
            throw new DataSetException($"The file ends at {fileLength}, before the data set's offset {offset}.");
        }

        Path = path;
        OwnsFile = ownsFile;
        _offset = offset;
        Length = fileLength - offset;
    }

    /// <summary>Takes over a file that was written a moment ago; nobody else knows it.</summary>
    public FileEncodedDataSet(SafeFileHandle file, string path, long offset, long length, string transferSyntax)
        : base(transferSyntax)
    {
        _file = file;
        Path = path;
        OwnsFile = true;
        _offset = offset;
        Length = length;
    }

    public override long Length { get; }

    /// <summary>Where the file is.</summary>
    public string Path { get; private set; }

    /// <summary>Whether the file goes when this object goes.</summary>
    public bool OwnsFile { get; private set; }

    /// <summary>Whether the file is a DICOM file as it is, with File Meta Information before the data set.</summary>
    public bool HasHeader => _offset > 0;

    public override int Read(long offset, Span<byte> destination)
    {
        int count = (int)Math.Clamp(Length - offset, 0, destination.Length);
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
        _file.Dispose();
        if (OwnsFile)
        {
            OwnsFile = false;
            DeleteFile();
        }

        base.Dispose(disposing);
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
