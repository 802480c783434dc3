using System.Diagnostics;
using Dicom.Net.Benchmarks.Reporting;

namespace Dicom.Net.Benchmarks.Sending;

/// <summary>Sends instances on one association, through the public API alone: what an application would write.</summary>
internal sealed class FileSender : IDisposable
{
    private static readonly string[] SopClasses =
    [
        DicomUids.CTImageStorage,
        DicomUids.SecondaryCaptureImageStorage,
        DicomUids.MultiFrameGrayscaleWordSecondaryCaptureImageStorage,
    ];

    private readonly DicomNet _scu;
    private readonly TaskCompletionSource<LoadResult> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly InstanceSource _instances;
    private readonly double[] _roundTrips;
    private readonly int _warm;
    private readonly int _total;
    private int _answered;
    private long _started;
    private long _requested;
    private TimeSpan _duration;

    /// <param name="instances">The instances; from the first again after the last.</param>
    /// <param name="warm">How many to send before the clock starts.</param>
    /// <param name="count">How many to send after that.</param>
    /// <param name="tls">How the connection is secured; null: not at all.</param>
    public FileSender(InstanceSource instances, int warm, int count, DicomTlsOptions? tls = null)
    {
        _scu = new(null, tls is null ? DicomNetSecurityMode.None : DicomNetSecurityMode.Tls, new DicomNetOptions { Tls = tls })
        {
            ThrowOnError = true,
        };
        _instances = instances;
        _roundTrips = new double[count];
        _warm = warm;
        _total = warm + count;
        if (tls is null)
        {
            _scu.Connected += (_, e) => Guard(() => Associate(e));
        }

        _scu.SecureLinkReady += (_, e) => Guard(() => Associate(e));
        _scu.AssociateAcceptReceived += (_, _) => Guard(SendNext);
        _scu.CStoreResponseReceived += (_, e) => Guard(() => TakeAnswer(e));
        _scu.Closed += (_, e) => End(e);
    }

    /// <exception cref="BenchmarkException">The server did not take every file.</exception>
    public Task<LoadResult> RunAsync(int port)
    {
        _scu.Connect(null, 0, "127.0.0.1", port);
        return _ended.Task;
    }

    public void Dispose() => _scu.Dispose();

    private void Associate(DicomNetEventArgs connected)
    {
        if (connected.Error != DicomExceptionCode.Success)
        {
            throw new BenchmarkException($"No connection: {_scu.LastError}");
        }

        var request = new DicomAssociate(request: true) { Calling = "DICOMNET", Called = "ANY-SCP" };
        foreach (var sopClass in SopClasses)
        {
            request.Propose(sopClass, DicomUids.ExplicitVRLittleEndian);
        }

        _scu.SendAssociateRequest(request);
    }

    private void SendNext()
    {
        if (_answered == _warm)
        {
            _started = Stopwatch.GetTimestamp();
        }

        _instances.Use(_answered, Send);
    }

    private void Send(DicomDataSet dataSet)
    {
        var sopClass = dataSet.GetString(DicomTag.SOPClassUID)!;
        var instance = dataSet.GetString(DicomTag.SOPInstanceUID)!;
        var context = _scu.Association!.FindAbstract(sopClass);
        _requested = Stopwatch.GetTimestamp();

        // Message ids are 16 bits long (PS3.7 §E.1); one is in use at a time.
        _scu.SendCStoreRequest(context, (ushort)(_answered + 1), sopClass, instance, DicomCommandPriorityType.Medium, null, 0, dataSet);
    }

    private void TakeAnswer(DicomCStoreResponseEventArgs answer)
    {
        if (answer.Status != DicomCommandStatusType.Success)
        {
            throw new BenchmarkException($"The server answered {answer.Status}.");
        }

        if (_answered >= _warm)
        {
            _roundTrips[_answered - _warm] = Stopwatch.GetElapsedTime(_requested).TotalMicroseconds;
        }

        if (++_answered < _total)
        {
            SendNext();
            return;
        }

        _duration = Stopwatch.GetElapsedTime(_started);
        _scu.SendReleaseRequest();
    }

    private void End(DicomNetClosedEventArgs closed)
    {
        if (_answered == _total)
        {
            _ended.TrySetResult(LoadResult.Of(_total - _warm, _duration, Median.Of(_roundTrips)));
        }
        else
        {
            _ended.TrySetException(new BenchmarkException($"The association ended after {_answered} of {_total} files: {closed.Error}"));
        }
    }

    private void Guard(Action callback)
    {
        try
        {
            callback();
        }
        catch (Exception error)
        {
            _ended.TrySetException(error);
        }
    }
}
