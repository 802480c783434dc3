using System.Runtime.CompilerServices;

namespace Dicom.Net.Samples;

/// <summary>What the worklist server does for modalities: tells what is scheduled, and notes what is performed.</summary>
internal sealed class Services(WorklistFolder worklist, PerformedProcedureSteps steps) : ICFindHandler, INCreateHandler, INSetHandler
{
    // PS3.7 Annex E: Error Comment is an LO.
    private const int MaximumComment = 64;

    /// <summary>What is accepted. What is noted is merged byte by byte, and so comes in one byte order.</summary>
    public static DicomSupportedServices Supported { get; } = new(new DicomSupportedService(
        [DicomUids.ModalityWorklistFind, DicomUids.ModalityPerformedProcedureStep, DicomUids.Verification],
        DicomUids.ExplicitVRLittleEndian,
        DicomUids.ImplicitVRLittleEndian));

    public async IAsyncEnumerable<DicomDataSet> FindAsync(
        DicomCFindRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var matches = 0;
        request.WhenAnswered(status => Log(request, status switch
        {
            DicomCommandStatusType.Success => $"{matches} matches",
            DicomCommandStatusType.Cancel => "cancelled",
            _ => $"failed, {Words.Status(status)}",
        }));
        await Task.CompletedTask; // The folder has no other way than to wait for it.
        foreach (var entry in EntriesFor(request.Identifier))
        {
            using var answer = WorklistQuery.Answer(request.Identifier, entry);
            yield return answer;
            matches++;
        }
    }

    public ValueTask<DicomOutcome> CreateAsync(DicomNCreateRequest request, CancellationToken cancellationToken) => new(Perform(request, () =>
    {
        steps.Create(request.SopInstance, RequireAttributes(request.DataSet));
        return "begun";
    }));

    public ValueTask<DicomOutcome> SetAsync(DicomNSetRequest request, CancellationToken cancellationToken) =>
        new(Perform(request, () => steps.Set(request.SopInstance, RequireAttributes(request.DataSet))));

    private IEnumerable<DicomDataSet> EntriesFor(DicomDataSet keys)
    {
        try
        {
            WorklistQuery.Validate(keys);
            return worklist.Entries().Where(entry => WorklistQuery.Matches(keys, entry));
        }
        catch (Exception error) when (error is FormatException or DataSetException)
        {
            throw new DicomRefusalException(DicomCommandStatusType.DataSetDoesNotMatchSopClass, Comment(error.Message), error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Unable to process (PS3.4 Table K.4-1). Where our folders are is not the peer's business.
            Console.Error.WriteLine($"The worklist cannot be read: {error.Message}");
            throw new DicomRefusalException(DicomCommandStatusType.CannotUnderstand, Comment("The worklist cannot be read."), error);
        }
    }

    private static DicomOutcome Perform(DicomNRequest request, Func<string> perform)
    {
        try
        {
            Log(request, $"step {perform()}");
            return DicomOutcome.Success;
        }
        catch (ProcedureStepException error)
        {
            Log(request, $"refused, {error.Message}");
            return new(error.Status, Comment(error.Message) with { ErrorID = error.ErrorID });
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            Log(request, $"refused, {Words.Escape(error.Message)}");
            return DicomCommandStatusType.ProcessingFailure;
        }
    }

    private static DicomDataSet RequireAttributes(DicomDataSet? dataSet) =>
        dataSet ?? throw new ProcedureStepException(DicomCommandStatusType.MissingAttribute, "There are no attributes.");

    private static DicomStatusDetail Comment(string text) =>
        new() { ErrorComment = text.Length <= MaximumComment ? text : text[..MaximumComment] };

    private static void Log(DicomRequest request, string outcome) =>
        Console.WriteLine($"{Words.Peer(request.Association.Net)} {Words.Name(request.SopClass)}: {outcome}");
}
