using Dicom.Net.Tool.Output;
using Spectre.Console;

namespace Dicom.Net.Tool.Query;

/// <summary>
/// The matches of a query: for a person as a table, or one below the other where the terminal is too narrow for that; for a pipe as lines with
/// tabs, under a line of keywords; for a script as JSON.
/// </summary>
internal sealed class MatchView
{
    /// <summary>Between two columns of a table, and at its edges.</summary>
    private const int Frame = 3;

    /// <summary>Arbitrary: who looks at so many rows scrolls no more.</summary>
    private const int MostRows = 10_000;

    private readonly ToolOutput _output;
    private readonly MatchColumn[] _columns;
    private readonly List<string[]> _rows = [];

    public MatchView(ToolOutput output, IEnumerable<MatchColumn> columns)
    {
        _output = output;
        _columns = [.. columns];
        if (!output.IsForPerson)
        {
            output.TabbedLine(_columns.Select(column => column.Title));
        }
    }

    public int Count { get; private set; }

    public void Add(DicomDataSet match)
    {
        Count++;
        if (_output.IsJson)
        {
            _output.Json("match", new { Number = Count, DataSet = DicomJson.Of(match) });
            return;
        }

        string[] row = [.. _columns.Select(column => Printable.Of(column.ValueIn(match)))];
        if (!_output.IsForPerson)
        {
            _output.TabbedLine(row);
        }
        else if (_rows.Count < MostRows)
        {
            _rows.Add(row);
        }
    }

    /// <summary>Shows what has been gathered.</summary>
    public void Show()
    {
        if (_rows.Count > 0)
        {
            _output.Draw(WidthOfTable() <= _output.Width ? AsTable() : AsBlocks());
        }

        if (Count > _rows.Count && _output.IsForPerson)
        {
            _output.Line($"and {Count - _rows.Count} more: use --json, or a pipe", Tone.Faint);
        }
    }

    private int WidthOfTable() => 1 + _columns
        .Select((column, at) => _rows.Select(row => row[at].GetCellWidth()).Append(column.Title.Length).Max() + Frame).Sum();

    private Table AsTable()
    {
        var table = new Table { Border = _output.HasUnicode ? TableBorder.Rounded : TableBorder.Ascii };
        foreach (var column in _columns)
        {
            table.AddColumn(new TableColumn(ToolOutput.Cell(column.Title, Tone.Strong)) { NoWrap = true });
        }

        foreach (var row in _rows)
        {
            table.AddRow(row.Select(value => ToolOutput.Cell(value)));
        }

        return table;
    }

    private Rows AsBlocks()
    {
        var width = _columns.Max(column => column.Title.Length);
        return new(_rows.SelectMany((row, number) => row
            .Zip(_columns)
            .Where(cell => cell.First.Length > 0)
            .Select(cell => Line(cell.Second.Title, cell.First, width))
            .Prepend(new Paragraph($"{number + 1}", Tone.Faint.ToStyle()))));
    }

    private static Paragraph Line(string title, string value, int width) =>
        new Paragraph().Append($"  {title.PadRight(width)}  ", Tone.Faint.ToStyle()).Append(value, Style.Plain);
}
