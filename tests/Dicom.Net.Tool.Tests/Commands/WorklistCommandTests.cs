using Dicom.Net.Tool.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Dicom.Net.Tool.Tests.Commands;

public sealed class WorklistCommandTests
{
    private readonly FakeTimeProvider _clock = new(new(2026, 11, 23, 23, 59, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("today", "20261123")]
    [InlineData("tomorrow", "20261124")]
    [InlineData("any", "")]
    [InlineData("20260101-", "20260101-")]
    public async Task Worklist_Date_IsAKeyOfTheStep(string date, string key)
    {
        var (run, asked) = await AskAsync("--date", date, "--modality", "CT", "--patient", "DOE*");

        var step = Assert.Single(asked.GetItems(DicomTag.ScheduledProcedureStepSequence));
        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Equal(key, step.GetString(DicomTag.ScheduledProcedureStepStartDate));
        Assert.Equal("CT", step.GetString(DicomTag.Modality));
        Assert.Equal("DOE*", asked.GetString(DicomTag.PatientName));
    }

    [Fact]
    public async Task Worklist_StepsOfAMatch_AreColumns()
    {
        var (run, _) = await AskAsync("--date", "any");

        var titles = run.Lines[0].Split('\t');
        var values = run.Lines[1].Split('\t');
        Assert.Equal("Doe^Jane", values[Array.IndexOf(titles, "PatientName")]);
        Assert.Equal("CT, MR", values[Array.IndexOf(titles, "Modality")]);
    }

    private async Task<(ToolRun Run, DicomDataSet Asked)> AskAsync(params string[] options)
    {
        DicomDataSet? asked = null;
        using var peer = ToolPeer.With(handlers => handlers.OnCFind((request, _) =>
        {
            asked = request.Identifier.Copy();
            return new[] { Match() }.ToAsyncEnumerable();
        }));
        return (await ToolRun.RunAsync(_clock, peer.Call("worklist", options)), asked!);
    }

    private static DicomDataSet Match()
    {
        var match = new DicomDataSet();
        match.Set(DicomTag.PatientName, "Doe^Jane");
        match.SetItems(DicomTag.ScheduledProcedureStepSequence, Step("CT"), Step("MR"));
        return match;
    }

    private static DicomDataSet Step(string modality)
    {
        var step = new DicomDataSet();
        step.Set(DicomTag.Modality, modality);
        return step;
    }
}
