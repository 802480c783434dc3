using System.CommandLine;
using System.Text;

namespace Dicom.Net.Benchmarks.Reporting;

/// <summary>A page of Markdown: a title, the circumstances, tables, plots and notes; printed, and written to a file if one is named.</summary>
internal sealed class Report
{
    private readonly StringBuilder _text = new();
    private readonly List<(string Name, Plot Plot)> _plots = [];

    /// <summary>Begins it: to be called before any load is made, since it notes how busy the machine is.</summary>
    public Report(string title)
    {
        Add($"# {title}");
        Add(Circumstances.Describe());
    }

    /// <summary>The option that names the file.</summary>
    public static Option<FileInfo?> OutOption() => new("--out") { Description = "Write the report to this file, too; plots go beside it." };

    public Report Add(string paragraph)
    {
        _text.AppendLine(paragraph.TrimEnd()).AppendLine();
        return this;
    }

    /// <summary>Shows a plot, which becomes a file beside the report's.</summary>
    public Report Add(Plot plot, string name)
    {
        _plots.Add((name, plot));
        return Add($"![{plot.Title}]({name}.svg)");
    }

    public async Task PublishAsync(FileInfo? file)
    {
        await Console.Out.WriteLineAsync(_text.ToString());
        if (file is null)
        {
            return;
        }

        await File.WriteAllTextAsync(file.FullName, _text.ToString());
        foreach (var (name, plot) in _plots)
        {
            await File.WriteAllTextAsync(Path.Combine(file.DirectoryName!, name + ".svg"), plot.ToSvg());
        }
    }
}
