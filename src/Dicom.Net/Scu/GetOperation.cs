using System.Diagnostics.CodeAnalysis;

namespace Dicom.Net;

/// <summary>A C-GET under way: the instances that it brings are handed over one at a time.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The source has no timer and no handle, and its token may outlive the operation.")]
internal sealed class GetOperation(
    byte contextId,
    Func<int, DicomNetResult> send,
    Func<DicomReceivedInstance, CancellationToken, ValueTask<DicomCommandStatusType>> receive,
    IProgress<DicomSubOperations>? progress) : RetrieveOperation(contextId, send, progress)
{
    private readonly CancellationTokenSource _givenUp = new();
    private volatile Task _handled = Task.CompletedTask;

    /// <summary>Whether instances are refused.</summary>
    public bool IsGivenUp => _givenUp.IsCancellationRequested;

    /// <summary>Completes when the instances that have come so far were handed over and answered, one after the other.</summary>
    public Task Handled
    {
        get => _handled;
        set => _handled = value;
    }

    public ValueTask<DicomCommandStatusType> ReceiveAsync(DicomReceivedInstance instance) => receive(instance, _givenUp.Token);

    // Elsewhere: what the application has registered may take its time, or throw.
    public override void GiveUp() => _ = _givenUp.CancelAsync();

    public override void Fail(Exception error)
    {
        base.Fail(error);
        _ = _givenUp.CancelAsync();
    }
}
