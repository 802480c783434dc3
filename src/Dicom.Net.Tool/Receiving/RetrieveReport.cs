using Dicom.Net.Tool.Output;

namespace Dicom.Net.Tool.Receiving;

/// <summary>How far a C-MOVE or C-GET is, and what came of it.</summary>
internal sealed class RetrieveReport(ToolOutput output, ProgressBar bar) : IProgress<DicomSubOperations>
{
    public void Report(DicomSubOperations value)
    {
        var done = value.Completed + value.Failed + value.Warning;
        var total = done + value.Remaining;
        bar.Tell(done, total, $"{done}/{total}");
        output.Json("progress", new { value.Completed, value.Failed, value.Warning, value.Remaining });
    }

    /// <summary>Keeps an instance that has come, and tells of it.</summary>
    /// <returns>What the peer is to be told.</returns>
    public DicomCommandStatusType Keep(InstanceKeeper keeper, string sopClass, string instance, DicomDataSet dataSet)
    {
        var kept = keeper.Keep(sopClass, instance, dataSet);
        output.Json("instance", new { Instance = instance, Kept = kept.Status.IsSuccess(), Status = Status.Hex(kept.Status), What = kept.Outcome });
        if (!kept.Status.IsSuccess())
        {
            output.Error($"{instance}: {kept.Outcome}");
        }
        else if (!output.IsForPerson)
        {
            // To a person the bar tells how many.
            output.Line($"{instance}: {kept.Outcome}");
        }

        return kept.Status;
    }

    /// <summary>What the peer says at the end, and what became of the instances here.</summary>
    /// <param name="output">Told which were not sent.</param>
    /// <param name="response">What the peer says.</param>
    /// <param name="kept">How many were kept here; null: they went elsewhere.</param>
    /// <param name="refused">How many were refused here: not every peer counts those as failed.</param>
    public static ToolResult Summarize(ToolOutput output, DicomRetrieveResponse response, int? kept, int refused)
    {
        foreach (var instance in response.FailedInstances)
        {
            output.Error($"{instance}: not sent");
        }

        var counts = response.SubOperations;
        var here = kept is null ? "" : $", {Sizes.Count(kept.Value, "instance")} kept{(refused > 0 ? $" and {refused} refused" : "")}";
        var words = $"{counts.Completed} sent, {counts.Failed} failed, {counts.Warning} with a warning{here}: {Status.Describe(response)}";
        return new(response.Status.IsSuccess() && refused == 0 ? ExitCode.Ok : ExitCode.PeerFailure, words)
        {
            Facts = new
            {
                counts.Completed,
                counts.Failed,
                counts.Warning,
                Kept = kept,
                Refused = refused,
                response.FailedInstances,
                Status = Status.Hex(response.Status),
                response.Detail.ErrorComment,
            },
        };
    }
}
