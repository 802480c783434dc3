using Microsoft.Extensions.Logging;

namespace Dicom.Net.Diagnostics;

/// <summary>
/// A log whose failures are its own affair: a provider that throws, for its disk is full say, must not end an association, nor keep the answer
/// to a request from going out.
/// </summary>
internal sealed class ForgivingLog(ILogger log) : ILogger
{
    public bool IsEnabled(LogLevel logLevel)
    {
        try
        {
            return log.IsEnabled(logLevel);
        }
        catch (Exception)
        {
            return false;
        }
    }

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        try
        {
            log.Log(logLevel, eventId, state, exception, formatter);
        }
        catch (Exception)
        {
            // Where should it be reported?
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        try
        {
            return log.BeginScope(state);
        }
        catch (Exception)
        {
            return null;
        }
    }
}
