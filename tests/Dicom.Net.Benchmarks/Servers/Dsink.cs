namespace Dicom.Net.Benchmarks.Servers;

/// <summary>The reference: a C program that answers, and discards or stores. About the least that a server can do.</summary>
internal sealed class Dsink(string path)
{
    public ServerProgram Discarding { get; } = new("dsink", (port, _) => [path, "--port", port, "--quiet"]);

    public ServerProgram Storing { get; } = new("dsink, files", (port, folder) => [path, "--port", port, "--quiet", "--od", folder]);

    /// <summary>Lets the kernel drop data sets without a copy: for measuring clients.</summary>
    public ServerProgram Truncating { get; } = new("dsink, truncating", (port, _) => [path, "--port", port, "--quiet", "--trunc"]);
}
