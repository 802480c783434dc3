using System.Diagnostics;

namespace Dicom.Net.Tool.Bench;

/// <summary>Does one operation again and again on several associations, and takes the time of each.</summary>
internal sealed class BenchRun(BenchPlan plan, Func<CancellationToken, Task<DicomAssociation>> open)
{
    private long _begun;
    private long _start;
    private bool _isInterrupted;

    public Measurements Measurements { get; } = new();

    /// <summary>Since the clock was started; zero before.</summary>
    public TimeSpan Elapsed => _start == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(_start);

    /// <summary>Whether it was ended early, with the plan not done.</summary>
    public bool IsInterrupted => Volatile.Read(ref _isInterrupted);

    /// <summary>Runs to the end of the plan.</summary>
    /// <param name="operations">Makes the operation of each association; it returns whether the peer said yes.</param>
    /// <param name="stop">Ends it early.</param>
    /// <returns>How long it took.</returns>
    /// <exception cref="DicomException">An association did not come about.</exception>
    public async Task<TimeSpan> RunAsync(
        Func<Func<DicomAssociation, CancellationToken, Task<DicomResponse>>> operations, CancellationToken stop)
    {
        var associations = await Task.WhenAll(Enumerable.Range(0, plan.Associations).Select(_ => open(stop)));
        var workers = associations.Select(association => (Association: association, Operation: operations())).ToList();

        // One of each before the clock starts: code is compiled, and buffers are made.
        await Task.WhenAll(workers.Select(worker => worker.Operation(worker.Association, stop)));
        _start = Stopwatch.GetTimestamp();
        await Task.WhenAll(workers.Select(worker => Task.Run(
            () => WorkAsync(worker.Association, worker.Operation, stop), CancellationToken.None)));
        var elapsed = Elapsed;
        foreach (var association in associations)
        {
            await association.DisposeAsync();
        }

        return elapsed;
    }

    private async Task WorkAsync(
        DicomAssociation association, Func<DicomAssociation, CancellationToken, Task<DicomResponse>> operation, CancellationToken stop)
    {
        try
        {
            while (await NextAsync(stop) is { } due)
            {
                var response = await operation(association, stop);
                Measurements.Add(Elapsed - due);
                if (!response.Status.IsSuccess())
                {
                    Measurements.AddFailure();
                }
            }
        }
        catch (Exception error) when (Failure.IsExpected(error))
        {
            Measurements.AddFailure(error);
        }
        catch (OperationCanceledException)
        {
            Volatile.Write(ref _isInterrupted, true);
        }
    }

    /// <summary>Awaits the time of the next operation.</summary>
    /// <returns>That time, since the start; null: there is none.</returns>
    /// <exception cref="OperationCanceledException">There would be one, and it was ended early.</exception>
    private async Task<TimeSpan?> NextAsync(CancellationToken stop)
    {
        var number = Interlocked.Increment(ref _begun) - 1;
        if (number >= plan.Count)
        {
            return null;
        }

        var due = plan.Rate is { } rate ? TimeSpan.FromSeconds(number / rate) : Elapsed;
        if (due >= plan.Duration)
        {
            return null;
        }

        stop.ThrowIfCancellationRequested();
        if (due - Elapsed is { Ticks: > 0 } wait)
        {
            await Task.Delay(wait, stop);
        }

        // A delay may end a little early.
        return due < Elapsed ? due : Elapsed;
    }
}
