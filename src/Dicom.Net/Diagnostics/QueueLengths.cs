namespace Dicom.Net.Diagnostics;

/// <summary>What waits on one association, or on all of them.</summary>
internal struct QueueLengths
{
    /// <summary>Operations of the peer's that wait for their final response.</summary>
    public int Performing;

    /// <summary>Operations of this side that wait for their final response.</summary>
    public int Invoking;

    /// <summary>Requests of this side that wait for their turn.</summary>
    public int Waiting;

    /// <summary>What has been received and waits for its callback.</summary>
    public int Callbacks;

    /// <summary>Messages and PDUs that wait to be sent.</summary>
    public int Unsent;
}

/// <summary>Something that knows how much waits.</summary>
internal interface IObservedQueues
{
    /// <summary>Adds its own; called on the thread that collects, at any time.</summary>
    void AddTo(ref QueueLengths lengths);
}
