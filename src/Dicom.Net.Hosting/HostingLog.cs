using Microsoft.Extensions.Logging;

namespace Dicom.Net.Hosting;

/// <summary>What the host's listeners log. Ids 5000–5099; an id is never used again for something else.</summary>
internal static partial class HostingLog
{
    [LoggerMessage(5000, LogLevel.Information, "Listener '{Name}' listens on {EndPoints}")]
    public static partial void Listening(ILogger log, string name, string endPoints);

    [LoggerMessage(5001, LogLevel.Information, "Listener '{Name}' stops: {Count} connections go on until the host's deadline")]
    public static partial void Stopping(ILogger log, string name, int count);

    [LoggerMessage(5002, LogLevel.Warning, "Listener '{Name}' is at the host's deadline: {Count} connections are closed")]
    public static partial void Aborting(ILogger log, string name, int count);

    [LoggerMessage(5003, LogLevel.Warning, "Listener '{Name}' supports Verification alone, and {Handler} is never asked: name the SOP classes that it serves in SopClasses, or state them by Supports")]
    public static partial void HandlerUnused(ILogger log, string name, string handler);
}
