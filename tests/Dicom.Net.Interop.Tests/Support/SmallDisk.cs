using System.Diagnostics;

namespace Dicom.Net.Interop.Tests.Support;

/// <summary>A small file system in memory, which can really be full. Without the right to mount one, the test is skipped.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TestFolder _folder = new();

    public SmallDisk(int bytes)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "tmpfs is Linux's");
        Path = _folder.Sub("disk");
        if (!Run("mount", "-t", "tmpfs", "-o", $"size={bytes}", "tmpfs", Path))
        {
            _folder.Dispose();
            Assert.Skip("no file system may be mounted here");
        }
    }

    public string Path { get; }

    public string[] Instances => Directory.GetFiles(Path, "*.dcm", SearchOption.AllDirectories);

    /// <summary>What was being written, hidden files too.</summary>
    public string[] Unfinished =>
    [
        .. Directory.GetFiles(Path, "*", new EnumerationOptions { AttributesToSkip = 0, RecurseSubdirectories = true })
            .Where(file => file.EndsWith(".part", StringComparison.Ordinal) || file.EndsWith(".tmp", StringComparison.Ordinal)),
    ];

    /// <summary>Mounts it with other options: <c>size=…</c>, <c>ro</c>, <c>rw</c>.</summary>
    public void Remount(string options) => Assert.True(Run("mount", "-o", $"remount,{options}", Path));

    public void Dispose()
    {
        Run("umount", Path);
        _folder.Dispose();
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
