using Dicom.Net.DataSets;
using Dicom.Net.Dimse;

namespace Dicom.Net.Associations;

/// <summary>
/// The data set of a message that is arriving: in memory at first; past a threshold in a file; or in a stream of the application's.
/// </summary>
/// <remarks>
/// The receiving thread appends. The application is asked for its stream on the callback thread; meanwhile receiving pauses at the
/// end of the PDU, so that the bytes that wait in memory for the answer are one PDU's worth at most.
/// </remarks>
internal sealed class IncomingDataSet(CommandSet command, NegotiatedContext context, SpoolOptions spool) : IDisposable
{
    private readonly Lock _gate = new();
    private ReceivedFragments? _memory = new();
    private SpoolFile? _file;
    private Stream? _sink;
    private EncodedDataSet? _complete;
    private long _length;
    private bool _awaitingDecision;
    private bool _disposed;

    /// <summary>Why the data set could not be kept; its remaining bytes are dropped. Null: it could.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>What a file of the data set says of it: what the message said. A data set of no instance has no UIDs there.</summary>
    public FileMetaInformation Meta => new()
    {
        MediaStorageSopClassUid = command.AffectedSopClassUid ?? "",
        MediaStorageSopInstanceUid = command.AffectedSopInstanceUid ?? "",
        TransferSyntaxUid = context.TransferSyntax,
    };

    /// <summary>Within what bounds its elements are read.</summary>
    public DataSetLimits ReadingLimits => spool.ReadingLimits;

    /// <summary>The application will be asked for a stream: until <see cref="Decide"/>, keep everything in memory.</summary>
    public void AwaitDecision() => _awaitingDecision = true;

    /// <summary>The application's answer: a stream to write to, which the data set closes; or null to spool as usual.</summary>
    public void Decide(Stream? sink)
    {
        var isTaken = sink is null;
        Attempt(
            (self, stream) =>
            {
                isTaken = true;
                self.Take(stream);
            },
            sink);
        if (!isTaken)
        {
            // The connection was lost while the application was asked.
            sink!.Dispose();
        }
    }

    /// <summary>It is not wanted: what has come of it is given up, and what comes is dropped.</summary>
    public void Refuse(Exception reason) => Attempt(static (_, reason) => throw reason, reason);

    /// <summary>Adds a fragment.</summary>
    /// <param name="fragment">The bytes.</param>
    /// <param name="array">The array that they lie in, if they may stay there.</param>
    public void Append(ReadOnlyMemory<byte> fragment, RentedArray? array = null) =>
        Attempt(static (self, received) => self.Write(received.fragment, received.array), (fragment, array));

    /// <summary>The last fragment has been appended, and the decision made. Null: the data set went to the application's stream.</summary>
    public EncodedDataSet? Complete()
    {
        Attempt(static (self, threshold) => self._complete = self.Finish(threshold), spool.MemoryThreshold);
        return _complete;
    }

    /// <summary>Gives the data set up, unless it was completed: a file is deleted, a stream closed.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            GiveUp();
        }
    }

    private void Take(Stream? sink)
    {
        _awaitingDecision = false;
        if (sink is not null)
        {
            _sink = sink;
            _memory!.CopyTo(sink);
            ReleaseMemory();
        }
    }

    private EncodedDataSet? Finish(int threshold)
    {
        if (_sink is not null)
        {
            _sink.Dispose();
            _sink = null;
            return null;
        }

        if (_file is null && _memory!.Length > threshold)
        {
            MoveToFile();
        }

        var complete = _file?.Complete() ?? _memory!.Complete(context.TransferSyntax);
        _memory = null;
        return complete;
    }

    private void Write(ReadOnlyMemory<byte> fragment, RentedArray? array)
    {
        _length += fragment.Length;
        if (_length > spool.MaximumLength && spool.MaximumLength > 0)
        {
            throw new DataSetTooLongException(spool.MaximumLength);
        }

        if (_sink is not null)
        {
            _sink.Write(fragment.Span);
        }
        else if (_file is not null)
        {
            _file.Append(fragment.Span);
        }
        else if (_awaitingDecision || _memory!.Length + (long)fragment.Length <= spool.MemoryThreshold)
        {
            _memory!.Append(fragment, array);
        }
        else
        {
            MoveToFile();
            _file!.Append(fragment.Span);
        }
    }

    private void MoveToFile()
    {
        _file = SpoolFile.Create(spool.Folder, Meta);
        _memory!.CopyTo(_file);
        ReleaseMemory();
    }

    // The step gets what it needs as arguments: a closure would be an allocation for each message.
    private void Attempt<T>(Action<IncomingDataSet, T> step, T argument)
    {
        lock (_gate)
        {
            if (Fault is not null || _disposed)
            {
                return;
            }

            try
            {
                step(this, argument);
            }
            catch (Exception error)
            {
                Fail(error);
            }
        }
    }

    // Whatever a full disk or the application's stream throws ends this data set, not the association: the peer is told a status.
    private void Fail(Exception error)
    {
        Fault = error;
        GiveUp();
    }

    private void GiveUp()
    {
        var (file, sink) = (_file, _sink);
        _file = null;
        _sink = null;
        ReleaseMemory();
        try
        {
            file?.Dispose();
            sink?.Dispose();
        }
        catch (Exception)
        {
            // A spool file that cannot be deleted, an application's stream that cannot be closed: a first fault is the one to tell, and who ends
            // an association must not stumble over it.
        }
    }

    private void ReleaseMemory()
    {
        _memory?.Dispose();
        _memory = null;
    }
}
