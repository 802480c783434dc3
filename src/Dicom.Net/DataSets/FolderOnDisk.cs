using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Dicom.Net.DataSets;

/// <summary>
/// The names in a folder, on the disk. A file whose bytes are there is still lost with the power if its name is not: renaming is a change of
/// the folder, which is flushed by itself (fsync(2), NOTES).
/// </summary>
internal static partial class FolderOnDisk
{
    private const int ReadOnly = 0;

    // The same numbers on Linux and macOS.
    private const int NotPermitted = 1, Interrupted = 4, AccessDenied = 13; // EPERM, EINTR, EACCES

    // O_CLOEXEC, as the kernels' headers have it.
    private static readonly int CloseOnExec = OperatingSystem.IsLinux() ? 0x8_0000 : OperatingSystem.IsMacOS() ? 0x100_0000 : 0;

    /// <summary>Has them on the disk, and not only in the system's cache, when it returns.</summary>
    /// <returns>
    /// False where that cannot be asked for: on Windows, which logs such changes in its order, and in a folder that may be written, but not
    /// read.
    /// </returns>
    /// <exception cref="IOException">The disk has failed, or the folder cannot be opened: no handle is left, or it is gone.</exception>
    public static bool Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return false;
        }

        try
        {
            using SafeFileHandle? handle = OpenIfReadable(folder);
            if (handle is null)
            {
                return false;
            }

            RandomAccess.FlushToDisk(handle);
            return true;
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
        {
            // A C library of another name.
            return false;
        }
    }

    // Whatever else is wrong is told: success would be answered for a name that may be lost.
    private static SafeFileHandle? OpenIfReadable(string folder)
    {
        while (true)
        {
            SafeFileHandle handle = Open(folder, ReadOnly | CloseOnExec);
            if (!handle.IsInvalid)
            {
                return handle;
            }

            int error = Marshal.GetLastPInvokeError();
            handle.Dispose();
            switch (error)
            {
                case Interrupted:
                    continue;
                case NotPermitted or AccessDenied:
                    return null;
                default:
                    throw new IOException($"The names in {folder} cannot be flushed: {Marshal.GetPInvokeErrorMessage(error)}");
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial SafeFileHandle Open(string folder, int flags);
}
