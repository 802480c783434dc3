using Microsoft.Extensions.Logging;

namespace Dicom.Net.Diagnostics;

/// <summary>What is logged of traces in files. Ids 3300–3349; an id is never used again for something else.</summary>
internal static partial class TraceLog
{
    [LoggerMessage(3300, LogLevel.Warning, "More than {Limit} bytes wait to be written to the trace: packets are left out, and counted in it")]
    public static partial void PacketsDropped(ILogger log, int limit);

    [LoggerMessage(3301, LogLevel.Error, "The trace cannot be written any more; associations go on without it")]
    public static partial void NotWritten(ILogger log, Exception error);
}
