using System.Diagnostics;

namespace Dicom.Net.Soak.Servers;

/// <summary>Programs of the system that are run to their end: ip, tc, mount.</summary>
internal static class Tool
{
    /// <exception cref="SoakException">It cannot be run, or has failed; the message says what it says.</exception>
    public static void Run(params string[] command)
    {
        if (!TryRun(out var complaint, command))
        {
            throw new SoakException($"`{string.Join(' ', command)}` failed: {complaint.Trim()}");
        }
    }

    /// <returns>Whether it has ended with 0.</returns>
    public static bool TryRun(out string complaint, params string[] command)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true })!;
            complaint = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            complaint = error.Message;
            return false;
        }
    }
}
