using System.Text;

namespace Dicom.Net.Tool.Tests.Support;

/// <summary>Keeps what is written, from whatever threads.</summary>
internal sealed class WatchedWriter : TextWriter
{
    private readonly StringBuilder _written = new();

    public override Encoding Encoding => Encoding.UTF8;

    public string Text
    {
        get
        {
            lock (_written)
            {
                return _written.ToString();
            }
        }
    }

    /// <summary>The lines that have ended.</summary>
    public string[] Lines => Text.Split('\n')[..^1];

    public override void Write(char value)
    {
        lock (_written)
        {
            _written.Append(value);
        }
    }

    public override void Write(string? value)
    {
        lock (_written)
        {
            _written.Append(value);
        }
    }

    public override void WriteLine(string? value) => Write($"{value}\n");
}
