namespace Dicom.Net.Tool;

/// <summary>What came of a command.</summary>
/// <param name="Code">How it ends.</param>
/// <param name="Message">The same for a person, in one line; empty where everything was said before.</param>
internal sealed record ToolResult(ExitCode Code, string Message = "")
{
    /// <summary>What a script may want to know besides; null for nothing. Its properties become those of the JSON object.</summary>
    public object? Facts { get; init; }
}
