namespace Dicom.Net.Samples;

/// <summary>What the worklist server does for modalities: tells what is scheduled, and notes what is performed.</summary>
internal sealed class Services(WorklistFolder worklist, PerformedProcedureSteps steps)
{
    // PS3.7 Annex E: Error Comment is an LO.
    private const int MaximumComment = 64;

    /// <summary>What is accepted. What is noted is merged byte by byte, and so comes in one byte order.</summary>
    public static DicomSupportedServices Supported { get; } = new(new DicomSupportedService(
        [DicomUids.ModalityWorklistFind, DicomUids.ModalityPerformedProcedureStep, DicomUids.Verification],
        DicomUids.ExplicitVRLittleEndian,
        DicomUids.ImplicitVRLittleEndian));

    /// <summary>Takes over the events of a listener.</summary>
    public void Serve(DicomNet scp)
    {
        scp.CFindRequestReceived += (_, request) =>
        {
            // Answered from elsewhere: until it is done, a C-CANCEL is seen.
            var cancelled = request.Cancelled;
            request.Handled = true;
            _ = Task.Run(() => FindAsync(request, cancelled));
        };
        scp.NCreateRequestReceived += (_, request) =>
        {
            var (status, detail) = Perform(request, () => Create(request));
            request.Respond(status, detail: detail);
        };
        scp.NSetRequestReceived += (_, request) =>
        {
            var (status, detail) = Perform(request, () => Set(request));
            request.Respond(status, detail: detail);
        };
    }

    private async Task FindAsync(DicomCFindRequestEventArgs request, CancellationToken cancelled)
    {
        try
        {
            var matches = await TellMatchesAsync(request, cancelled);
            request.Respond(DicomCommandStatusType.Success);
            Log(request, $"{matches} matches");
        }
        catch (OperationCanceledException)
        {
            request.Respond(DicomCommandStatusType.Cancel);
            Log(request, "cancelled");
        }
        catch (Exception error) when (error is FormatException or DataSetException)
        {
            request.Respond(DicomCommandStatusType.DataSetDoesNotMatchSopClass, detail: Comment(error.Message));
            Log(request, $"failed, {Words.Escape(error.Message)}");
        }
        catch (Exception error)
        {
            // Whatever it is: the peer waits for an answer.
            request.Respond(DicomCommandStatusType.CannotUnderstand, detail: Comment("the worklist cannot be read"));
            Log(request, $"failed, {error}");
        }
    }

    private async Task<int> TellMatchesAsync(DicomCFindRequestEventArgs request, CancellationToken cancelled)
    {
        var keys = request.DataSet ?? throw new FormatException("there is no identifier");
        WorklistQuery.Validate(keys);
        var matches = 0;
        foreach (var entry in worklist.Entries().Where(entry => WorklistQuery.Matches(keys, entry)))
        {
            await request.Net.ReadyToSendAsync(cancelled);
            cancelled.ThrowIfCancellationRequested();
            using var answer = WorklistQuery.Answer(keys, entry);
            request.Respond(DicomCommandStatusType.Pending, answer).ThrowIfFailed();
            matches++;
        }

        return matches;
    }

    private string Create(DicomNCreateRequestEventArgs request)
    {
        steps.Create(request.Instance, RequireAttributes(request.DataSet));
        return "begun";
    }

    private string Set(DicomNSetRequestEventArgs request) => steps.Set(request.Instance, RequireAttributes(request.DataSet));

    private static (DicomCommandStatusType Status, DicomStatusDetail? Detail) Perform(DicomRequestEventArgs request, Func<string> perform)
    {
        try
        {
            Log(request, $"step {perform()}");
            return (DicomCommandStatusType.Success, null);
        }
        catch (ProcedureStepException error)
        {
            Log(request, $"refused, {error.Message}");
            return (error.Status, Comment(error.Message) with { ErrorID = error.ErrorID });
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            Log(request, $"refused, {Words.Escape(error.Message)}");
            return (DicomCommandStatusType.ProcessingFailure, null);
        }
    }

    private static DicomDataSet RequireAttributes(DicomDataSet? dataSet) =>
        dataSet ?? throw new ProcedureStepException(DicomCommandStatusType.MissingAttribute, "There are no attributes.");

    private static DicomStatusDetail Comment(string text) =>
        new() { ErrorComment = text.Length <= MaximumComment ? text : text[..MaximumComment] };

    private static void Log(DicomRequestEventArgs request, string outcome) =>
        Console.WriteLine($"{Words.Peer(request.Net)} {Words.Name(request.AffectedClass)}: {outcome}");
}
