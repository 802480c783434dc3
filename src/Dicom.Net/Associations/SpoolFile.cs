using Dicom.Net.DataSets;
using Microsoft.Win32.SafeHandles;

namespace Dicom.Net.Associations;

/// <summary>
/// A received data set on its way to disk. That of an instance is a valid DICOM Part 10 file from its first byte (PS3.10 §7.1), so that
/// keeping it is a rename. Abandoned, the file is deleted.
/// </summary>
internal sealed class SpoolFile : IDisposable
{
    /// <summary>Less than this is gathered: header and a small instance go out in one write (arbitrary: a few pages).</summary>
    private const int Gathered = 16 * 1024;

    private readonly string _path;
    private readonly string _transferSyntax;
    private readonly long _dataSetOffset;
    private readonly SafeFileHandle _handle;
    private readonly PooledBuffer _unwritten = new();
    private long _position;
    private bool _handedOver;

    private SpoolFile(string path, SafeFileHandle handle, FileMetaInformation meta)
    {
        _path = path;
        _handle = handle;
        _transferSyntax = meta.TransferSyntaxUid;
        if (meta.MediaStorageSopInstanceUid.Length == 0)
        {
            // An identifier or an attribute list is no instance, and no DICOM file: its bytes alone.
            return;
        }

        Span<byte> header = stackalloc byte[FileMetaInformation.LongestLength];
        var length = meta.Write(header);
        Append(header[..length]);
        _dataSetOffset = length;
    }

    /// <summary>Makes a new file with a name of its own.</summary>
    /// <param name="folder">Where; null: in the system's folder of temporary files, where other users look: there it is for this one alone.</param>
    /// <param name="meta">What to write before the data set.</param>
    /// <exception cref="IOException">The folder takes no file: full, gone, read-only.</exception>
    public static SpoolFile Create(string? folder, FileMetaInformation meta)
    {
        // The name is ours, never the peer's. It does not collide; CreateNew would tell if it did. Where other users may make files, none
        // of them can guess it, and be there first.
        var name = folder is null ? Guid.NewGuid().ToString("N") : UniqueName.Next();
        var path = Path.Combine(folder ?? Path.GetTempPath(), $"dicomnet-{name}.part");
        var handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            if (folder is null && !OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(handle, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            return new(path, handle, meta);
        }
        catch
        {
            handle.Dispose();
            File.Delete(path);
            throw;
        }
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_unwritten.Length + bytes.Length <= Gathered)
        {
            _unwritten.Append(bytes);
            return;
        }

        WriteGathered();
        Write(bytes);
    }

    /// <summary>Ends the writing and hands the file over: whoever disposes of the result deletes it, unless it has been saved.</summary>
    public EncodedDataSet Complete()
    {
        WriteGathered();
        _handedOver = true;
        return EncodedDataSet.FromSpooledFile(_handle, _path, _dataSetOffset, _position - _dataSetOffset, _transferSyntax);
    }

    public void Dispose()
    {
        _unwritten.Dispose();
        if (!_handedOver)
        {
            _handedOver = true;
            _handle.Dispose();
            File.Delete(_path);
        }
    }

    private void WriteGathered()
    {
        Write(_unwritten.Memory.Span);
        _unwritten.Dispose();
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        RandomAccess.Write(_handle, bytes, _position);
        _position += bytes.Length;
    }
}
