using System.Text.Json;
using Dicom.Net.Tool.Output;

namespace Dicom.Net.Tool.Query;

/// <summary>One C-FIND: its matches are shown as they come.</summary>
internal sealed class QueryRun(ToolOutput output, string model, DicomDataSet identifier)
{
    private int _malformed;

    /// <param name="association">Where to ask.</param>
    /// <param name="limit">Ask the peer to stop after so many; null: let it tell all.</param>
    /// <param name="stop">Asks it to stop, too.</param>
    public async Task<ToolResult> RunAsync(DicomAssociation association, int? limit, CancellationToken stop)
    {
        var view = new MatchView(output, MatchColumn.Of(identifier));
        var found = association.FindAsync(model, identifier, stop);
        await output.WithProgressAsync("Asking", async bar =>
        {
            await foreach (var match in found)
            {
                Add(view, match);
                bar.Tell(0, 0, Sizes.Count(view.Count, "match"));
                if (view.Count == limit)
                {
                    break;
                }
            }

            return view.Count;
        }, hasEnd: false);
        view.Show();
        await association.ReleaseAsync(stop);
        return Result(found, view.Count, isCut: view.Count == limit);
    }

    private void Add(MatchView view, DicomDataSet match)
    {
        using (match)
        {
            try
            {
                view.Add(match);
            }
            catch (Exception error) when (error
                is DataSetException or FormatException or ArgumentException or InvalidOperationException or JsonException)
            {
                // Whatever it is that cannot be read or shown: it is the peer's, and no reason to keep the other matches back.
                _malformed++;
                output.Error($"Match {view.Count} cannot be read: {error.Message}");
            }
        }
    }

    private ToolResult Result(DicomMatches found, int count, bool isCut)
    {
        var response = found.Response!;
        if (found.HasUnsupportedKeys)
        {
            output.Error("The peer does not look at all of the keys (FF01H).", Tone.Doubtful);
        }

        // Who asks for an early end has got what was asked for.
        var isDone = (response.Status.IsSuccess() || (isCut && response.Status.IsCancel())) && _malformed == 0;
        return new(isDone ? ExitCode.Ok : ExitCode.PeerFailure, ForPerson(count, response))
        {
            Facts = new { Matches = count, Malformed = _malformed, Status = Status.Hex(response.Status), response.Detail.ErrorComment },
        };
    }

    // To a pipe the matches speak for themselves, and a line of words would be one of them.
    private string ForPerson(int count, DicomResponse response)
    {
        var isPipe = !output.IsForPerson && !output.IsJson;
        return isPipe && response.Status.IsSuccess() && _malformed == 0 ? "" : $"{Sizes.Count(count, "match")}: {Status.Describe(response)}";
    }
}
