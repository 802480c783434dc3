using System.Runtime.InteropServices;

namespace Dicom.Net.Soak.Servers;

/// <summary>A network and mounts of our own: cables that are pulled out here, and disks that are full, are nobody else's.</summary>
internal static class OwnNamespace
{
    /// <summary>The first argument of this program where it has been started inside.</summary>
    private const string InsideVerb = "inside";

    private static readonly string[] Unshare = ["unshare", "--net", "--mount"];

    private static bool _isInside;
    private static string[] _arguments = [];

    /// <summary>Notes whether this process has just been started inside.</summary>
    /// <returns>The command line as the user gave it.</returns>
    public static string[] Settle(string[] arguments)
    {
        _isInside = arguments is [InsideVerb, ..];
        return _arguments = _isInside ? arguments[1..] : arguments;
    }

    /// <summary>Goes on inside: this process becomes <c>unshare</c>, then itself again.</summary>
    /// <returns>True, inside; false where that cannot be, which has been said.</returns>
    public static bool Enter()
    {
        if (_isInside)
        {
            Tool.Run("ip", "link", "set", "lo", "up");
            return true;
        }

        if (!Tool.TryRun(out var complaint, [.. Unshare, "ip", "link", "set", "lo", "up"]))
        {
            Console.WriteLine($"Skipped: it takes Linux, unshare and ip, and the right to use them ({complaint.Trim()}).");
            return false;
        }

        string?[] command = [.. Unshare, Programs.Dotnet, Programs.Self, InsideVerb, .. _arguments, null];
        _ = Execute(command[0]!, command);
        throw new SoakException("unshare was there a moment ago, and cannot be run.");
    }

    // The same process goes on under the same id, so that whoever ends this program ends it there, too.
    [DllImport("libc", EntryPoint = "execvp", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Execute(string file, string?[] arguments);
}
