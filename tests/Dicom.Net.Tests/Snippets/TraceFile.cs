using Dicom.Net.Associations;
using Dicom.Net.Diagnostics;

namespace Dicom.Net.Tests.Snippets;

/// <summary>The snippet of docs/tracing.md on files for Wireshark.</summary>
internal static class TraceFile
{
    /// <summary>Records what an SCP does while something happens.</summary>
    public static async Task RecordAsync(string path, Func<DicomNet, Task> session)
    {
        await using var trace = new PcapngTrace(path, new() { MasksDataSets = true });
        using var scp = new DicomNet(null, new()
        {
            PduLayer = new PcapngPduLayer(DicomPduLayer.Instance, trace),
        });
        await session(scp);
    }
}
