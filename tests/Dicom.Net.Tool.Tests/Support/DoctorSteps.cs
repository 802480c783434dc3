using System.Text.Json;

namespace Dicom.Net.Tool.Tests.Support;

/// <summary>What the doctor has told, step by step.</summary>
internal static class DoctorSteps
{
    /// <summary>All is well, but for the end.</summary>
    public static void AssertReleaseIsDoubtful(ToolRun run)
    {
        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Equal(["name", "connect", "associate", "echo", "release"], Steps(run));
        Assert.Equal("doubtful", Text(run.JsonOf("step").Last(), "verdict"));
    }

    public static void AssertFails(ToolRun run, string step, ExitCode? code, string advice)
    {
        var last = run.JsonOf("step").Last();
        Assert.Equal((step, "bad"), (Text(last, "step"), Text(last, "verdict")));
        Assert.Contains(advice, Text(last, "advice"), StringComparison.Ordinal);
        Assert.Equal(step, Text(run.Result, "failedStep"));
        Assert.NotEqual(ExitCode.Ok, run.Code);
        Assert.Equal(code ?? run.Code, run.Code);
    }

    public static IEnumerable<string?> Steps(ToolRun run) => run.JsonOf("step").Select(step => Text(step, "step"));

    public static string? Text(JsonElement told, string name) => told.GetProperty(name).GetString();
}
