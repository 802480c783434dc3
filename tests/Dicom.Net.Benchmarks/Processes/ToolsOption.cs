using System.CommandLine;

namespace Dicom.Net.Benchmarks.Processes;

internal static class ToolsOption
{
    /// <summary>The option that says where the load tools are.</summary>
    public static Option<DirectoryInfo> Create() => new("--tools")
    {
        Description = "The folder of dgen, dsink and mkset.py, built or as sources with a Makefile.",
        Required = true,
    };
}
