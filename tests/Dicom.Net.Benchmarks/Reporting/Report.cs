using System.CommandLine;
using System.Text;

namespace Dicom.Net.Benchmarks.Reporting;

/// <summary>A page of Markdown: a title, the circumstances, tables and notes; printed, and written to a file if one is named.</summary>
internal sealed class Report
{
    private readonly StringBuilder _text = new();

    /// <summary>Begins it: to be called before any load is made, since it notes how busy the machine is.</summary>
    public Report(string title)
    {
        Add($"# {title}");
        Add(Circumstances.Describe());
    }

    /// <summary>The option that names the file.</summary>
    public static Option<FileInfo?> OutOption() => new("--out") { Description = "Write the report to this file, too." };

    public Report Add(string paragraph)
    {
        _text.AppendLine(paragraph.TrimEnd()).AppendLine();
        return this;
    }

    public async Task PublishAsync(FileInfo? file)
    {
        await Console.Out.WriteLineAsync(_text.ToString());
        if (file is not null)
        {
            await File.WriteAllTextAsync(file.FullName, _text.ToString());
        }
    }
}
