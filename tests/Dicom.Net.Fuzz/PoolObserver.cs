using System.Diagnostics.Tracing;

namespace Dicom.Net.Fuzz;

/// <summary>Counts what is rented from the pools of arrays, and what is given back.</summary>
internal sealed class PoolObserver : EventListener
{
    // The events of System.Buffers.ArrayPoolEventSource.
    private const int BufferRented = 1, BufferReturned = 3;

    private int _rented;
    private int _returned;

    public int Rented => Volatile.Read(ref _rented);

    public int Returned => Volatile.Read(ref _returned);

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "System.Buffers.ArrayPoolEventSource")
        {
            EnableEvents(eventSource, EventLevel.Verbose);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventId == BufferRented)
        {
            Interlocked.Increment(ref _rented);
        }
        else if (eventData.EventId == BufferReturned)
        {
            Interlocked.Increment(ref _returned);
        }
    }
}
