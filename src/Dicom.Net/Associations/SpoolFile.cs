using System.Buffers;
using Dicom.Net.DataSets;
using Microsoft.Win32.SafeHandles;

namespace Dicom.Net.Associations;

/// <summary>
/// A received data set on its way to disk. That of an instance is a valid DICOM Part 10 file from its first byte (PS3.10 §7.1), so that
/// keeping it is a rename. Abandoned, the file is deleted.
/// </summary>
internal sealed class SpoolFile : IDisposable
{
    private readonly string _path;
    private readonly string _transferSyntax;
    private readonly long _dataSetOffset;
    private readonly SafeFileHandle _handle;
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

        var header = new ArrayBufferWriter<byte>();
        meta.Write(header);
        Append(header.WrittenSpan);
        _dataSetOffset = _position;
    }

    /// <summary>Makes a new file with a name of its own.</summary>
    /// <param name="folder">Where; null: in the system's folder of temporary files, where other users look: there it is for this one alone.</param>
    /// <param name="meta">What to write before the data set.</param>
    /// <exception cref="IOException">The folder takes no file: full, gone, read-only.</exception>
    public static SpoolFile Create(string? folder, FileMetaInformation meta)
    {
        // The name is ours, never the peer's. GUIDs do not collide; CreateNew would tell if they did.
        var path = Path.Combine(folder ?? Path.GetTempPath(), $"dicomnet-{Guid.NewGuid():N}.part");
        var handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete);
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
        RandomAccess.Write(_handle, bytes, _position);
        _position += bytes.Length;
    }

    /// <summary>Ends the writing and hands the file over: whoever disposes of the result deletes it, unless it has been saved.</summary>
    public EncodedDataSet Complete()
    {
        _handle.Dispose();
        var complete = EncodedDataSet.FromFile(_path, _dataSetOffset, _transferSyntax, ownsFile: true);
        _handedOver = true;
        return complete;
    }

    public void Dispose()
    {
        _handle.Dispose();
        if (!_handedOver)
        {
            _handedOver = true;
            File.Delete(_path);
        }
    }
}
