using System.Text;

namespace Dicom.Net.Benchmarks.Reporting;

/// <summary>A table whose first column is text and whose others are figures.</summary>
internal sealed class MarkdownTable(params IReadOnlyList<string> headings)
{
    private readonly StringBuilder _rows = new();

    public MarkdownTable Add(params IEnumerable<string> cells)
    {
        _rows.AppendLine($"| {string.Join(" | ", cells)} |");
        return this;
    }

    public override string ToString() =>
        $"""
        | {string.Join(" | ", headings)} |
        |---|{string.Concat(Enumerable.Repeat("--:|", headings.Count - 1))}
        {_rows}
        """;
}
