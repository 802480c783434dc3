using Dicom.Net.Fuzz.Running;

namespace Dicom.Net.Fuzz.Targets;

/// <summary>The memory that this thread reserves from one point to another.</summary>
internal readonly struct Allocations()
{
    private readonly long _before = GC.GetAllocatedBytesForCurrentThread();

    /// <summary>Says no where it is more than a constant and so much for each byte of the input.</summary>
    public void RequireAtMost(long constant, long each, long bytes)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread() - _before;
        if (allocated > constant + each * bytes)
        {
            throw new FuzzFinding($"{allocated} bytes were reserved for an input of {bytes}: more than {constant} + {each} for each byte.");
        }
    }
}
