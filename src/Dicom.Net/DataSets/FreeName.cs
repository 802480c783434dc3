using System.Runtime.InteropServices;

namespace Dicom.Net.DataSets;

/// <summary>
/// Names that are given once. On Unix <see cref="File.Move(string, string)"/> looks whether there is a file of the name, and then renames, which
/// replaces one that has come in between: of two that save under one name at once, one would lose its file, and both be told that all is well.
/// A second link to a file is made by the system in one step, or not at all (link(2), EEXIST).
/// </summary>
internal static partial class FreeName
{
    private const int Exists = 17; // EEXIST, on Linux and macOS

    /// <summary>Renames a file, unless there is one of the new name.</summary>
    /// <exception cref="IOException">There is one, or the file cannot be renamed.</exception>
    public static void Take(string file, string name)
    {
        if (OperatingSystem.IsWindows() || !TryLink(file, name))
        {
            File.Move(file, name, overwrite: false);
            return;
        }

        File.Delete(file);
    }

    /// <returns>False where the file system knows no links, or the two names are in different ones, or whatever else is wrong.</returns>
    private static bool TryLink(string file, string name)
    {
        try
        {
            if (Link(file, name) == 0)
            {
                return true;
            }
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
        {
            // A C library of another name.
            return false;
        }

        return Marshal.GetLastPInvokeError() == Exists
            ? throw new IOException($"The file '{name}' already exists.", Exists)
            : false;
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Link(string file, string name);
}
