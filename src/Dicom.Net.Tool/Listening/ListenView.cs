using Dicom.Net.Tool.Output;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Dicom.Net.Tool.Listening;

/// <summary>The associations that stand, as a table that is drawn again and again below the lines of what happens.</summary>
internal sealed class ListenView(ListenJournal journal, ToolOutput output, IReadOnlyList<string> endPoints, TimeProvider clock)
{
    /// <summary>Lines that are not rows: of the table's frame, and around it.</summary>
    private const int OtherLines = 8;

    public IRenderable Draw()
    {
        var open = journal.Open;
        var head = ToolOutput.Cell(
            $"Listening on {string.Join(", ", endPoints)}: {Sizes.Count(open.Count, "association")} now, {journal.Associations} in all, "
            + $"{Sizes.Count(journal.Instances, "instance")}, {journal.Refused} refused. Ctrl-C ends.",
            Tone.Strong);
        return open.Count == 0 ? head : new Rows(TableOf(open), head);
    }

    private Table TableOf(IReadOnlyList<AssociationRow> open)
    {
        var table = new Table { Border = output.HasUnicode ? TableBorder.Rounded : TableBorder.Ascii };
        foreach (var title in new[] { "peer", "calling", "called", "for", "instances", "refused", "echoes" })
        {
            table.AddColumn(new TableColumn(ToolOutput.Cell(title, Tone.Strong)));
        }

        var shown = Math.Max(1, output.Height - OtherLines);
        foreach (var row in open.Take(shown))
        {
            string[] cells =
            [
                row.Peer, row.Calling, row.Called, Sizes.Time(clock.GetLocalNow() - row.Since), $"{row.Instances}", $"{row.Refused}",
                $"{row.Echoes}",
            ];
            table.AddRow(cells.Select(cell => ToolOutput.Cell(cell)));
        }

        if (open.Count > shown)
        {
            table.Caption = new TableTitle($"and {open.Count - shown} more");
        }

        return table;
    }
}
