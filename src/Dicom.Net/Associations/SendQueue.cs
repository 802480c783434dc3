using System.Buffers;
using System.Runtime.CompilerServices;
using Dicom.Net.Transport;

namespace Dicom.Net.Associations;

/// <summary>
/// What an association has to send, in order; sent by whichever thread finds nobody else at it.
/// </summary>
/// <remarks>
/// <para>Rule 1: <see cref="TryEnqueue"/> only adds, so that it may be called under a lock; <see cref="Flush"/> sends.</para>
/// <para>Rule 2: no thread waits for the peer. A write that the system cannot take at once goes on when it can, on a pool thread.</para>
/// <para>Rule 3: as much as fits one buffer goes out in one write: a whole small message, or several. A message that does not fit
/// behind others waits for the next write, whose buffer is made for it: its PDUs are not cut to what happens to be left.</para>
/// <para>Rule 4: a buffer is held while sending, and only then.</para>
/// </remarks>
internal sealed partial class SendQueue
{
    /// <summary>The least to reserve for a write: most messages without a data set fit several times (arbitrary).</summary>
    private const int MinimumBuffer = 4096;

    private readonly PduConnection _connection;
    private readonly ISendObserver _observer;
    private readonly int _capacity;
    private readonly Queue<OutgoingItem> _waiting = new();
    private readonly Action _written;

    // The sender's own: touched only by the thread that set _busy, or by the continuation of its write.
    private readonly List<OutgoingItem> _inBuffer = [];
    private ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter _writing;
    private OutgoingItem? _current;
    private byte[]? _buffer;

    private bool _busy;
    private bool _closed;
    private volatile bool _dropCurrent;

    public SendQueue(PduConnection connection, ISendObserver observer, int capacity)
    {
        _connection = connection;
        _observer = observer;
        _capacity = capacity;
        _written = () => Run(afterWrite: true);
    }

    /// <summary>Sends what waits, unless another thread is at it.</summary>
    public void Flush()
    {
        lock (_waiting)
        {
            if (_busy || _waiting.Count == 0)
            {
                return;
            }

            _busy = true;
        }

        Run(afterWrite: false);
    }

    private void Run(bool afterWrite)
    {
        try
        {
            if (afterWrite)
            {
                CompleteWrite();
            }

            while (TryFill(out var count))
            {
                TellSent();
                _observer.OnWriting(_buffer.AsSpan(0, count));
#pragma warning disable CA2012 // The awaiter is used once: its continuation, or the loop, takes the result.
                _writing = _connection.SendAsync(_buffer.AsMemory(0, count), CancellationToken.None).ConfigureAwait(false).GetAwaiter();
#pragma warning restore CA2012
                if (!_writing.IsCompleted)
                {
                    _observer.OnWriteWaiting();
                    _writing.UnsafeOnCompleted(_written);
                    return;
                }

                CompleteWrite();
            }

            _observer.OnSendIdle();
        }
        catch (Exception error)
        {
            // A lost connection, a data set that cannot be read, or a fault of ours: each ends this association and no more.
            Fail(error);
        }
    }

    /// <summary>Told just before the write: after it, the peer's answer might overtake this.</summary>
    private void TellSent()
    {
        foreach (var item in _inBuffer)
        {
            _observer.OnSent(item);
        }
    }

    private void CompleteWrite()
    {
        _writing.GetResult();
        _observer.OnWritten();
        DisposeOfSent();
    }

    private void DisposeOfSent()
    {
        foreach (var item in _inBuffer)
        {
            item.Dispose();
        }

        _inBuffer.Clear();
    }

    /// <summary>
    /// Fills the buffer from the items at the head of the queue. False: there are none, and this thread is no longer the sender.
    /// </summary>
    private bool TryFill(out int count)
    {
        count = 0;
        while (TryTakeCurrent(giveUpIfNone: count == 0) is { } item)
        {
            if (count == 0)
            {
                RentBuffer(item.PreferredOutput);
            }
            else if (_buffer!.Length - count < item.PreferredOutput)
            {
                break;
            }

            count += Fill(item, _buffer.AsSpan(count));
            if (item.IsComplete)
            {
                _inBuffer.Add(item);
                _current = null;
            }
            else if (_current is not null)
            {
                break;
            }
        }

        return count > 0;
    }

    private int Fill(OutgoingItem item, Span<byte> output)
    {
        try
        {
            return item.Fill(output);
        }
        catch (Exception error)
        {
            // The item reads what the caller gave it: whatever comes out of that must not pass for a lost connection.
            _current = null;
            item.Dispose();
            _observer.OnItemFailed(item, error);
            return 0;
        }
    }

    private OutgoingItem? TryTakeCurrent(bool giveUpIfNone)
    {
        OutgoingItem? dropped = null;
        OutgoingItem? taken;
        lock (_waiting)
        {
            if (_dropCurrent)
            {
                _dropCurrent = false;
                dropped = _current;
                _current = null;
            }

            if (_current is null)
            {
                _waiting.TryDequeue(out _current);
            }

            taken = _current;
            if (taken is null && giveUpIfNone)
            {
                ReturnBuffer();
                _busy = false;
            }
        }

        dropped?.Dispose();
        return taken;
    }

    private void Fail(Exception error)
    {
        Close();
        var abandoned = _current;
        _current = null;
        abandoned?.Dispose();
        DisposeOfSent();
        ReturnBuffer();
        _observer.OnSendFailed(error);
    }

    private void RentBuffer(int preferred)
    {
        if (_buffer is null || _buffer.Length < preferred)
        {
            ReturnBuffer();
            _buffer = ArrayPool<byte>.Shared.Rent(Math.Max(preferred, MinimumBuffer));
        }
    }

    private void ReturnBuffer()
    {
        if (_buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = null;
        }
    }
}
