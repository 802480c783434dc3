namespace Dicom.Net.Benchmarks.Processes;

/// <summary>A folder of our own, removed at the end.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private const string Tmpfs = "/dev/shm";

    private ScratchFolder(string path) => Path = path;

    public string Path { get; }

    /// <summary>A folder on tmpfs, so that no disk is measured; where there is none, in the temporary folder, which is told.</summary>
    public static ScratchFolder InMemory()
    {
        var isTmpfs = Directory.Exists(Tmpfs) && new DriveInfo(Tmpfs).DriveFormat == "tmpfs";
        if (!isTmpfs)
        {
            Console.Error.WriteLine($"{Tmpfs} is no tmpfs here: files go to {System.IO.Path.GetTempPath()}, and a disk may be measured.");
        }

        return In(isTmpfs ? Tmpfs : System.IO.Path.GetTempPath());
    }

    public static ScratchFolder In(string parent) =>
        new(Directory.CreateDirectory(System.IO.Path.Combine(parent, $"dicomnet-bench-{Guid.NewGuid():N}")).FullName);

    /// <summary>Removes what is in it.</summary>
    public void Clear()
    {
        Directory.Delete(Path, recursive: true);
        Directory.CreateDirectory(Path);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
