namespace Dicom.Net.Samples;

/// <summary>Answers C-FIND (PS3.4 §C.4.1): match after match, as fast as the peer takes them.</summary>
internal sealed class Finder(Archive archive)
{
    /// <summary>Searches, and answers. To be run where it may take its time.</summary>
    /// <returns>What came of it, in words.</returns>
    public async Task<string> AnswerAsync(DicomCFindRequestEventArgs request, CancellationToken cancelled)
    {
        var matches = 0;
        try
        {
            matches = await TellMatchesAsync(request, cancelled);
            request.Respond(DicomCommandStatusType.Success);
            return $"{matches} matches";
        }
        catch (OperationCanceledException)
        {
            request.Respond(DicomCommandStatusType.Cancel);
            return "cancelled";
        }
        catch (Exception error)
        {
            // Whatever it is: the peer waits for an answer.
            request.Respond(Failure.StatusOf(error), detail: Failure.DetailOf(error));
            return $"failed, {Failure.TextOf(error)}";
        }
    }

    private async Task<int> TellMatchesAsync(DicomCFindRequestEventArgs request, CancellationToken cancelled)
    {
        var identifier = request.DataSet ?? throw new FormatException("there is no identifier");
        var query = ArchiveQuery.ForFind(identifier, InformationModel.IsPatientRoot(request.AffectedClass));
        var characterSet = Identifier.TextOf(identifier, DicomTag.SpecificCharacterSet);
        var retrieveAE = request.Net.Association?.Called ?? "";

        // PS3.4 Table C.4-1: FF01H where not all keys are supported.
        var status = query.HasUnsupportedKeys ? DicomCommandStatusType.PendingWarning : DicomCommandStatusType.Pending;
        var matches = 0;
        foreach (var values in archive.Index.Find(query))
        {
            await request.Net.ReadyToSendAsync(cancelled);
            cancelled.ThrowIfCancellationRequested();
            using var match = Match.ToIdentifier(query, values, retrieveAE, characterSet);
            request.Respond(status, match).ThrowIfFailed();
            matches++;
        }

        return matches;
    }
}
