using System.Globalization;

namespace Dicom.Net.Benchmarks.Servers;

/// <summary>The reference: a C program that answers, and discards or stores. About the least that a server can do.</summary>
internal sealed class Dsink(string path)
{
    public ServerProgram Discarding { get; } = new("dsink", (port, _) => [path, "--port", port, "--quiet"]);

    /// <summary>Discards, and takes PDUs up to a length of one's own.</summary>
    public ServerProgram DiscardingPdusOf(int length) =>
        new($"dsink, PDU {length}", (port, _) => [path, "--port", port, "--quiet", "--pdu", length.ToString(CultureInfo.InvariantCulture)]);

    public ServerProgram Storing { get; } = new("dsink, files", (port, folder) => [path, "--port", port, "--quiet", "--od", folder]);

    /// <summary>Lets the kernel drop data sets without a copy: for measuring clients.</summary>
    public ServerProgram Truncating { get; } = new("dsink, truncating", (port, _) => [path, "--port", port, "--quiet", "--trunc"]);
}
