using System.Net.Sockets;

namespace Dicom.Net.Transport;

/// <summary>What a listener needs besides the request: its sources of time and facts, and its patience.</summary>
internal sealed record TransportListenerOptions
{
    public TimeProvider Time { get; init; } = TimeProvider.System;

    public INetworkFacts Facts { get; init; } = MachineNetworkFacts.Instance;

    /// <summary>Of these the buffers alone: the others are for whoever takes a connection.</summary>
    public DicomSocketOptions Socket { get; init; } = new();

    /// <summary>Called when all is bound and before anything is accepted: where it throws, nobody listens.</summary>
    public Action<IReadOnlyList<Socket>>? OnBound { get; init; }

    /// <summary>How many handles this process may still open; null if unknown. Called now and then, by each accept loop.</summary>
    public Func<int?> FreeHandles { get; init; } = FileHandles.Free;

    /// <summary>The pause after the first accept that failed for want of a resource; it doubles with every further failure.</summary>
    public TimeSpan ShortestAcceptPause { get; init; } = TimeSpan.FromMilliseconds(50); // arbitrary

    /// <summary>The pause does not grow beyond this. The precedent is the second that Go's net/http waits at most.</summary>
    public TimeSpan LongestAcceptPause { get; init; } = TimeSpan.FromSeconds(1);
}
