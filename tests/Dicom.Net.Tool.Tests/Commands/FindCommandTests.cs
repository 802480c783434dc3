using System.Runtime.CompilerServices;
using Dicom.Net.Tool.Tests.Support;

namespace Dicom.Net.Tool.Tests.Commands;

public sealed class FindCommandTests
{
    [Fact]
    public async Task Find_WithJson_TellsMatchesInTheDicomModel()
    {
        using var peer = Answering(Match("Doe^Jane=山田", "P1"), Match("Roe^Rick", ""));

        var run = await ToolRun.RunAsync(peer.Call("find", "--json"));

        Assert.Equal(ExitCode.Ok, run.Code);
        var first = run.JsonOf("match").First().GetProperty("dataSet");
        var name = first.GetProperty("00100010").GetProperty("Value")[0];
        Assert.Equal("PN", first.GetProperty("00100010").GetProperty("vr").GetString());
        Assert.Equal(("Doe^Jane", "山田"), (name.GetProperty("Alphabetic").GetString(), name.GetProperty("Ideographic").GetString()));
        Assert.False(run.JsonOf("match").Last().GetProperty("dataSet").GetProperty("00100020").TryGetProperty("Value", out _));
        Assert.Equal(2, run.Result.GetProperty("matches").GetInt32());
    }

    [Fact]
    public async Task Find_IntoAPipe_IsATableOfTabs()
    {
        using var peer = Answering(Match("Doe^Jane", "P1"), Match("Roe^Rick", ""));

        var run = await ToolRun.RunAsync(peer.Call("find", "--bare", "-k", "PatientID", "-k", "PatientName"));

        Assert.Equal(["PatientName\tPatientID", "Doe^Jane\tP1", "Roe^Rick\t"], run.Lines);
    }

    [Fact]
    public async Task Find_BeforeAPerson_IsATable()
    {
        using var peer = Answering(Match("Doe^Jane", "P1"), Match("Roe^Rick", "P2"));

        var run = await ToolRun.RunAtTerminalAsync(120, peer.Call("find"));

        Assert.Contains("PatientID", run.Out, StringComparison.Ordinal);
        Assert.Contains("Roe^Rick", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("StudyDescription", run.Out, StringComparison.Ordinal); // Nobody said anything of it.
        Assert.DoesNotContain("match 1", run.Out, StringComparison.Ordinal);
        Assert.Contains("2 matches: 0000H, success", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_BeforeAPersonWhereATableDoesNotFit_HasOneBelowTheOther()
    {
        using var peer = Answering(Match("Doe^Jane", "P1"), Match("Roe^Rick", "P2"));

        var run = await ToolRun.RunAtTerminalAsync(20, peer.Call("find"));

        Assert.Contains("match 1", run.Out, StringComparison.Ordinal);
        Assert.Contains("match 2", run.Out, StringComparison.Ordinal);
        Assert.Contains("Roe^Rick", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_HostileValues_CannotReachTheTerminal()
    {
        const string hostile = "[red]x[/] \u001b[2J \u009b5m \u202eabc";
        using var peer = Answering(Match(hostile, "[bold"));

        var pipe = await ToolRun.RunAsync(peer.Call("find"));
        var terminal = await ToolRun.RunAtTerminalAsync(200, peer.Call("find"));
        var json = await ToolRun.RunAsync(peer.Call("find", "--json"));

        Assert.Contains(@"[red]x[/] \u001B[2J \u009B5m \u202Eabc", pipe.Out, StringComparison.Ordinal);
        Assert.Contains(@"[red]x[/] \u001B[2J \u009B5m \u202Eabc", terminal.Out, StringComparison.Ordinal);
        Assert.Contains("[bold", terminal.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[2J", terminal.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', json.Out);
        Assert.DoesNotContain('\u009b', json.Out);
        Assert.Equal(hostile, json.JsonOf("match").First().GetProperty("dataSet").GetProperty("00100010").GetProperty("Value")[0]
            .GetProperty("Alphabetic").GetString());
    }

    [Fact]
    public async Task Find_WithJsonAndSequencesNestedAsDeepAsIsRead_TellsThemAndTheNext()
    {
        var nested = Match("Doe^Jane", "P1");
        for (var depth = 0; depth < 64; depth++)
        {
            var outer = new DicomDataSet();
            outer.SetItems(DicomTag.ScheduledProcedureStepSequence, nested);
            nested = outer;
        }

        using var peer = Answering(nested, Match("Roe^Rick", "P2"));

        var run = await ToolRun.RunAsync(peer.Call("find", "--json"));

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Equal((2, 0), (run.Result.GetProperty("matches").GetInt32(), run.Result.GetProperty("malformed").GetInt32()));
        Assert.Contains("Doe^Jane", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_WithJsonAndANumberBeyondInt64_TellsItAndTheNext()
    {
        var large = Match("Doe^Jane", "P1");
        large.SetBytes(new(0x0008, 0x0428), DicomVR.UV, [.. Enumerable.Repeat(byte.MaxValue, sizeof(ulong))]);
        using var peer = Answering(large, Match("Roe^Rick", "P2"));

        var run = await ToolRun.RunAsync(peer.Call("find", "--json"));

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Equal(2, run.JsonOf("match").Count());
        Assert.Equal(
            ulong.MaxValue,
            run.JsonOf("match").First().GetProperty("dataSet").GetProperty("00080428").GetProperty("Value")[0].GetUInt64());
    }

    [Fact]
    public async Task Find_Limit_AsksThePeerToStop()
    {
        using var peer = Answering([.. Enumerable.Range(1, 1000).Select(number => Match($"N{number}", "P"))]);

        var run = await ToolRun.RunAsync(peer.Call("find", "--limit", "2", "--json"));

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Equal(2, run.JsonOf("match").Count());
    }

    [Fact]
    public async Task Find_PeerFails_EndsWith1AndItsWords()
    {
        using var peer = ToolPeer.With(handlers => handlers.OnCFind((_, _) => throw new DicomRefusalException(
            DicomCommandStatusType.OutOfResources, "the index is away")));

        var run = await ToolRun.RunAsync(peer.Call("find"));

        Assert.Equal(ExitCode.PeerFailure, run.Code);
        Assert.Contains("the peer says: the index is away", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_DefaultKeys_AreThoseOfTheLevel()
    {
        DicomDataSet? asked = null;
        using var peer = ToolPeer.With(handlers => handlers.OnCFind((request, _) =>
        {
            asked = request.Identifier.Copy();
            return AsyncEnumerable.Empty<DicomDataSet>();
        }));

        await ToolRun.RunAsync(peer.Call("find", "--level", "SERIES", "-k", "StudyInstanceUID=1.2.3"));

        Assert.Equal("SERIES", asked!.GetString(DicomTag.QueryRetrieveLevel));
        Assert.Equal("1.2.3", asked.GetString(DicomTag.StudyInstanceUID));
        Assert.True(asked.Contains(DicomTag.SeriesDescription));
        Assert.False(asked.Contains(DicomTag.PatientName));
    }

    private static DicomNet Answering(params DicomDataSet[] matches) =>
        ToolPeer.With(handlers => handlers.OnCFind((_, cancelled) => Yield(matches, cancelled)));

    private static async IAsyncEnumerable<DicomDataSet> Yield(
        DicomDataSet[] matches, [EnumeratorCancellation] CancellationToken cancelled)
    {
        foreach (var match in matches)
        {
            cancelled.ThrowIfCancellationRequested();
            await Task.Yield();
            yield return match;
        }
    }

    private static DicomDataSet Match(string name, string id)
    {
        var match = new DicomDataSet();
        match.Set(DicomTag.SpecificCharacterSet, "ISO_IR 192");
        match.Set(DicomTag.PatientName, name);
        match.Set(DicomTag.PatientID, id);
        return match;
    }
}
