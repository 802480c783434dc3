namespace Dicom.Net.Samples;

/// <summary>
/// Storage commitment, push model (PS3.4 Annex J): a peer asks for it by N-ACTION, and is told by N-EVENT-REPORT. On the same
/// association, as long as it stands; if the peer does not wait for it, on one of our own.
/// </summary>
internal sealed class Commitments(
    Archive archive, Destinations destinations, AwaitedResponses responses, DicomNetOptions options, Work work)
{
    // PS3.4 Table J.3-1: the one action there is.
    private const int RequestCommitment = 1;

    /// <summary>Answers the request, and reports. To be run where it may take its time.</summary>
    /// <returns>What came of it, in words.</returns>
    public async Task<string> AnswerAsync(DicomNActionRequestEventArgs request)
    {
        if (request.Action != RequestCommitment || request.Instance != DicomUids.StorageCommitmentPushModelInstance)
        {
            request.Respond(request.Action == RequestCommitment
                ? DicomCommandStatusType.NoSuchSopInstance
                : DicomCommandStatusType.NoSuchActionType);
            return "refused, no such action or instance";
        }

        CommitmentReport report;
        try
        {
            // For as long as it is looked for, and no longer: a peer that leaves its report unanswered must not keep others from being served.
            using var place = work.Enter(request.Net.PeerAddress, DicomCommandStatusType.ResourceLimitation);
            report = CommitmentReport.Of(CommitmentRequest.Parse(request.DataSet), archive);
        }
        catch (DicomRefusalException refusal)
        {
            request.Respond(refusal.Status, detail: refusal.Detail);
            return "refused, too busy";
        }
        catch (Exception error)
        {
            request.Respond(
                error is FormatException ? DicomCommandStatusType.InvalidArgumentValue : DicomCommandStatusType.ProcessingFailure,
                detail: Failure.DetailOf(error));
            return $"failed, {Failure.TextOf(error)}";
        }

        // Who asked is known as long as the association stands.
        var (self, peer) = (request.Net.Association?.Called ?? "", request.Net.Association?.Calling ?? "");
        request.Respond(DicomCommandStatusType.Success);
        using (report.Information)
        {
            return await ReportAsync(report, request, self, peer);
        }
    }

    private async Task<string> ReportAsync(CommitmentReport report, DicomNActionRequestEventArgs request, string self, string peer)
    {
        try
        {
            var status = await responses.SendAsync(request.Net, id => request.Net.SendNReportRequest(
                request.PresentationID, id, DicomUids.StorageCommitmentPushModel, DicomUids.StorageCommitmentPushModelInstance,
                report.DicomEvent, report.Information));
            return $"reported on the same association: {Words.Status(status)}";
        }
        catch (DicomException)
        {
            return await ReportAnewAsync(report, self, peer);
        }
    }

    private async Task<string> ReportAnewAsync(CommitmentReport report, string self, string title)
    {
        if (!destinations.TryFind(title, out var peer))
        {
            return $"not reported: there is no --destination for {Uri.EscapeDataString(title)}";
        }

        try
        {
            // Who calls is SCU, unless the roles are negotiated: here the SCP calls (PS3.4 §J.3.3, PS3.7 §D.3.3.4).
            var request = new DicomAssociationRequest(self, title).WithProviderRole(DicomUids.StorageCommitmentPushModel);
            var network = options with { ResponseTimeout = AwaitedResponses.Limit };
            await using var association = await DicomAssociation.OpenAsync(
                peer.Host, peer.Port, request, new() { Network = network, ThrowsOnFailure = false });
            var response = await association.NEventReportAsync(
                DicomUids.StorageCommitmentPushModel, DicomUids.StorageCommitmentPushModelInstance, report.DicomEvent, report.Information);
            return $"reported on a new association: {Words.Status(response.Status)}";
        }
        catch (Exception error) when (error is DicomException or ArgumentException)
        {
            return $"not reported: {error.Message}";
        }
    }
}
