namespace Dicom.Net.Samples;

/// <summary>How many bytes the instances of a folder, and of the folders in it, may take. They are counted once, and then as they come.</summary>
internal sealed class FolderBudget
{
    // Counting a million files takes seconds, which a peer must not be able to ask for over and over again. Arbitrary.
    private static readonly TimeSpan Recount = TimeSpan.FromMinutes(1);

    private static readonly EnumerationOptions Everywhere = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };

    private readonly string _folder;
    private readonly long _maximum;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private long _used;
    private long _counted;

    /// <param name="folder">The folder.</param>
    /// <param name="maximum">How many bytes; 0: any number.</param>
    /// <param name="time">What tells when to count again.</param>
    public FolderBudget(string folder, long maximum, TimeProvider? time = null)
    {
        _folder = folder;
        _maximum = maximum;
        _time = time ?? TimeProvider.System;
        if (maximum > 0)
        {
            Count();
        }
    }

    /// <summary>Looks whether one more instance may be kept.</summary>
    /// <exception cref="IOException">It may not: there are as many as may be.</exception>
    public void Require()
    {
        if (_maximum == 0)
        {
            return;
        }

        lock (_gate)
        {
            if (_used >= _maximum && _time.GetElapsedTime(_counted) >= Recount)
            {
                // Somebody may have made room.
                Count();
            }

            if (_used >= _maximum)
            {
                throw new IOException($"the instances take {_used} bytes, and may take {_maximum}");
            }
        }
    }

    /// <summary>Counts a file that was added.</summary>
    public void Add(string file)
    {
        if (_maximum > 0)
        {
            Interlocked.Add(ref _used, new FileInfo(file).Length);
        }
    }

    private void Count()
    {
        _counted = _time.GetTimestamp();
        Interlocked.Exchange(ref _used, new DirectoryInfo(_folder).EnumerateFiles("*.dcm", Everywhere).Sum(file => file.Length));
    }
}
