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

    /// <summary>Arbitrary: a name fits, or a word or two.</summary>
    private const int NarrowestText = 16;

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
            int[] told = [.. Enumerable.Range(0, _columns.Length).Where(at => _rows.Exists(row => row[at].Length > 0))];
            _output.Draw(told.Sum(WidthOf) + 1 <= _output.Width ? AsTable(told) : AsBlocks());
        }

        if (Count > _rows.Count && _output.IsForPerson)
        {
            _output.Line($"and {Count - _rows.Count} more: use --json, or a pipe", Tone.Faint);
        }
    }

    /// <summary>The least width of a column: of words, enough of it to be read.</summary>
    private int WidthOf(int at)
    {
        var widest = _rows.Max(row => row[at].GetCellWidth());
        return Frame + Math.Max(_columns[at].ShortTitle.Length, _columns[at].IsText ? Math.Min(widest, NarrowestText) : widest);
    }

    private Table AsTable(int[] told)
    {
        var table = new Table { Border = _output.HasUnicode ? TableBorder.Rounded : TableBorder.Ascii };
        foreach (var column in told.Select(at => _columns[at]))
        {
            table.AddColumn(new TableColumn(ToolOutput.Cell(column.ShortTitle, Tone.Strong)) { NoWrap = !column.IsText });
        }

        foreach (var row in _rows)
        {
            table.AddRow(told.Select(at => ToolOutput.Cell(row[at])));
        }

        return table;
    }

    private Rows AsBlocks()
    {
        var width = _columns.Max(column => column.ShortTitle.Length);
        return new(_rows.SelectMany((row, number) => row
            .Zip(_columns)
            .Where(cell => cell.First.Length > 0)
            .Select(cell => Line(cell.Second.ShortTitle, cell.First, width))
            .Prepend(new Paragraph($"match {number + 1}", Tone.Strong.ToStyle()))));
    }

    private static Paragraph Line(string title, string value, int width) =>
        new Paragraph().Append($"  {title.PadRight(width)}  ", Tone.Faint.ToStyle()).Append(value, Style.Plain);
}
