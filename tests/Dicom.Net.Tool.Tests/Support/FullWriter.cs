using System.Text;

namespace Dicom.Net.Tool.Tests.Support;

/// <summary>A file on a disk without room.</summary>
internal sealed class FullWriter : TextWriter
{
    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => throw new IOException("No space left on device.");
}
