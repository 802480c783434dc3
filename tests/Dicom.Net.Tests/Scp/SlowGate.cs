using System.Collections.Concurrent;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.Scp;

/// <summary>Decides about associations when the test says so, by the title of who asks; deaf to its token.</summary>
internal sealed class SlowGate : IDicomAssociationHandler
{
    private readonly ConcurrentDictionary<string, Question> _questions = new();

    public Task AskedAsync(string calling) => Of(calling).Asked.Task.WithTimeout();

    public void Decide(string calling, DicomAdmissionDecision? decision) => Of(calling).Decision.SetResult(decision);

    public Task<DicomNetResult> EndedAsync(string calling) => Of(calling).Ended.Task.WithTimeout();

    public async ValueTask<DicomAdmissionDecision?> RequestedAsync(DicomAssociationContext association, CancellationToken cancellationToken)
    {
        var question = Of(association.Calling);
        question.Asked.SetResult();
        return await question.Decision.Task;
    }

    public ValueTask EndedAsync(DicomAssociationContext association, DicomNetResult end)
    {
        Of(association.Calling).Ended.SetResult(end);
        return default;
    }

    private Question Of(string calling) => _questions.GetOrAdd(calling, static _ => new());

    private sealed class Question
    {
        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<DicomAdmissionDecision?> Decision { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<DicomNetResult> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
