using System.Runtime.InteropServices;

namespace Dicom.Net.DataSets;

/// <summary>
/// Names that are given once. On Unix <see cref="File.Move(string, string)"/> looks whether there is a file of the name, and then renames, which
/// replaces one that has come in between: of two that save under one name at once, one would lose its file, and both be told that all is well.
/// Linux can rename in one step, or not at all (renameat2(2), RENAME_NOREPLACE), where the file system can; all can make a second link to a file so
/// (link(2), EEXIST).
/// </summary>
internal static partial class FreeName
{
    private const int Exists = 17; // EEXIST, on Linux and macOS
    private const int WorkingFolder = -100; // AT_FDCWD
    private const int NoReplace = 1; // RENAME_NOREPLACE

    /// <summary>Renames a file, unless there is one of the new name.</summary>
    /// <exception cref="IOException">There is one, or the file cannot be renamed.</exception>
    public static void Take(string file, string name)
    {
        if (TryRename(file, name))
        {
            return;
        }

        if (TryLink(file, name))
        {
            File.Delete(file);
            return;
        }

        File.Move(file, name, overwrite: false);
    }

    /// <inheritdoc cref="TryDo"/>
    internal static bool TryRename(string file, string name) => OperatingSystem.IsLinux()
        && TryDo(static (file, name) => Rename(WorkingFolder, file, WorkingFolder, name, NoReplace), file, name);

    /// <inheritdoc cref="TryDo"/>
    internal static bool TryLink(string file, string name) => !OperatingSystem.IsWindows() && TryDo(Link, file, name);

    /// <returns>False where the system cannot do it, or the file system, or the two names are in different ones, or whatever else is wrong.</returns>
    /// <exception cref="IOException">There is a file of the new name.</exception>
    private static bool TryDo(Func<string, string, int> call, string file, string name)
    {
        try
        {
            if (call(file, name) == 0)
            {
                return true;
            }
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
        {
            // A C library of another name, or an older one.
            return false;
        }

        return Marshal.GetLastPInvokeError() == Exists
            ? throw new IOException($"The file '{name}' already exists.", Exists)
            : false;
    }

    [LibraryImport("libc", EntryPoint = "renameat2", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Rename(int folder, string file, int newFolder, string name, uint flags);

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Link(string file, string name);
}
