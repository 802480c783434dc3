using Microsoft.Extensions.Logging;

namespace Dicom.Net.Tests.Support;

/// <summary>Has the same logger for everybody.</summary>
internal sealed class SingleLoggerFactory(ILogger logger) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => logger;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("There is one logger.");

    public void Dispose()
    {
        // The logger is the test's.
    }
}
