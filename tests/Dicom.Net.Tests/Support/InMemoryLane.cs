using Dicom.Net.Transport;

namespace Dicom.Net.Tests.Support;

/// <summary>One direction of an <see cref="InMemoryConnection"/> pair: what one side has sent and the other has not received yet.</summary>
internal sealed class InMemoryLane
{
    private readonly Lock _gate = new();
    private readonly Queue<byte> _bytes = new();
    private TaskCompletionSource _changed = NewSignal();
    private (TransportErrorKind ForReader, TransportErrorKind ForWriter)? _broken;
    private bool _ended;
    private bool _stalled;
    private int _capacity = int.MaxValue;
    private int _largestDelivery = int.MaxValue;

    public bool Stalled
    {
        get => Read(() => _stalled);
        set => Change(() => _stalled = value);
    }

    public int Capacity
    {
        get => Read(() => _capacity);
        set => Change(() => _capacity = value);
    }

    public int LargestDelivery
    {
        get => Read(() => _largestDelivery);
        set => Change(() => _largestDelivery = value);
    }

    public int Count => Read(() => _bytes.Count);

    public bool HasEnded => Read(() => _ended);

    /// <summary>Nothing more will be written; what is inside can still be read.</summary>
    public void End() => Change(() => _ended = true);

    /// <summary>Nothing can be read or written any more, and what is inside is lost. The first reason stays.</summary>
    public void Break(TransportErrorKind forReader, TransportErrorKind forWriter) => Change(() =>
    {
        _broken ??= (forReader, forWriter);
        _bytes.Clear();
    });

    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                ThrowIf(_broken?.ForReader);
                if (!_stalled && (_bytes.Count > 0 || _ended))
                {
                    return Take(buffer.Span);
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                ThrowIf(_broken?.ForWriter);
                ThrowIf(_ended ? TransportErrorKind.Closed : null);

                bytes = bytes[Put(bytes.Span)..];
                if (bytes.IsEmpty)
                {
                    return;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static void ThrowIf(TransportErrorKind? end)
    {
        if (end is { } kind)
        {
            throw new TransportException(kind, $"The in-memory connection has ended: {kind}.");
        }
    }

    private int Take(Span<byte> buffer)
    {
        var count = Math.Min(Math.Min(buffer.Length, _largestDelivery), _bytes.Count);
        for (var i = 0; i < count; i++)
        {
            buffer[i] = _bytes.Dequeue();
        }

        Signal();
        return count;
    }

    private int Put(ReadOnlySpan<byte> bytes)
    {
        var count = Math.Min(bytes.Length, Math.Max(0, _capacity - _bytes.Count));
        foreach (var value in bytes[..count])
        {
            _bytes.Enqueue(value);
        }

        Signal();
        return count;
    }

    private T Read<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }

    private void Change(Action change)
    {
        lock (_gate)
        {
            change();
            Signal();
        }
    }

    private void Signal()
    {
        _changed.TrySetResult();
        _changed = NewSignal();
    }
}
